//! A live link to the simulated massager.
//!
//! Belongs here: what becomes of each request, with the failures that were asked for. Being found and connected does
//! not, nor what frames mean.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use super::{ATT_TIME_OUT, Inside, Task, Written, machine, tick};
use crate::bluetooth::{Error, Link};
use crate::massager::{Characteristic, Write};

/// A link to the simulated massager. Dropped, it hangs up.
pub(super) struct SimulatedLink {
    inside: Arc<Inside>,
    number: u64,
    characteristics: Vec<Characteristic>,
    _ticking: Task,
}

impl SimulatedLink {
    /// The near end of the link of this number.
    pub fn new(inside: Arc<Inside>, number: u64) -> Self {
        let _ticking = Task(tokio::spawn(tick(Arc::clone(&inside), number)));
        let characteristics = machine::characteristics();
        Self { inside, number, characteristics, _ticking }
    }
}

impl Drop for SimulatedLink {
    fn drop(&mut self) {
        hang_up(&self.inside, self.number);
    }
}

fn hang_up(inside: &Inside, number: u64) {
    let mut world = inside.world();
    if world.live(number).is_ok() {
        world.lose_link();
    }
}

/// What becomes of a request, and when.
struct Answer {
    result: Result<(), Error>,
    /// `None`: never.
    after: Option<Duration>,
    gone: watch::Receiver<bool>,
}

impl Inside {
    fn take_write(&self, number: u64, write: Write) -> Result<Answer, Error> {
        let Write { service, characteristic, bytes, with_response, .. } = write;
        let mut world = self.world();
        let gone = world.live(number)?.gone.subscribe();
        let now = Instant::now();
        let after = match (with_response, world.never_answer) {
            (true, true) => None,
            (true, false) => Some(world.answer_after),
            (false, _) => Some(Duration::ZERO),
        };
        // As real radios do, it takes no write to a characteristic whose last one is unanswered.
        let busy_until = &mut world.live(number)?.busy_until;
        if busy_until.get(&(service, characteristic)).is_some_and(|until| now < *until) {
            return Err(Error::Busy);
        }
        busy_until.insert((service, characteristic), now + after.unwrap_or(ATT_TIME_OUT));
        let result = if let Err(refusal) = world.check_paired() {
            Err(refusal)
        } else if world.refuse > 0 {
            world.refuse -= 1;
            Err(Error::Refused("busy".to_owned()))
        } else if world.ignore_writes {
            Ok(())
        } else {
            world.machine.write(service, characteristic, &bytes, now)
        };
        let levels = world.machine.levels(now);
        world.written.push(Written { at: now, service, characteristic, bytes, with_response, levels });
        // Nobody learns what becomes of a write without response.
        let result = if with_response { result } else { Ok(()) };
        drop(world);
        self.changed.notify_waiters();
        self.changed.notify_one();
        Ok(Answer { result, after, gone })
    }

    async fn answer(&self, number: u64, mut answer: Answer) -> Result<(), Error> {
        let Some(after) = answer.after else {
            tokio::select! {
                () = sleep(ATT_TIME_OUT) => hang_up(self, number),
                _ = answer.gone.wait_for(|gone| *gone) => {}
            }
            return Err(Error::LinkLost);
        };
        if after.is_zero() {
            return answer.result;
        }
        tokio::select! {
            () = sleep(after) => answer.result,
            _ = answer.gone.wait_for(|gone| *gone) => Err(Error::LinkLost),
        }
    }
}

impl Link for SimulatedLink {
    fn characteristics(&self) -> &[Characteristic] {
        &self.characteristics
    }

    fn longest_write(&self) -> Option<usize> {
        Some(244)
    }

    fn write(&self, write: Write) -> BoxFuture<'static, Result<(), Error>> {
        let (inside, number) = (Arc::clone(&self.inside), self.number);
        async move {
            let answer = inside.take_write(number, write)?;
            inside.answer(number, answer).await
        }
        .boxed()
    }

    fn read(&self, service: Uuid, characteristic: Uuid) -> BoxFuture<'static, Result<Vec<u8>, Error>> {
        let (inside, number) = (Arc::clone(&self.inside), self.number);
        async move {
            let (bytes, after) = {
                let mut world = inside.world();
                world.live(number)?;
                world.check_paired()?;
                (world.machine.read(service, characteristic, Instant::now())?, world.answer_after)
            };
            if !after.is_zero() {
                sleep(after).await;
            }
            Ok(bytes)
        }
        .boxed()
    }

    fn subscribe(&self, service: Uuid, characteristic: Uuid) -> BoxFuture<'static, Result<(), Error>> {
        let (inside, number) = (Arc::clone(&self.inside), self.number);
        async move {
            let mut world = inside.world();
            world.check_paired()?;
            machine::check_notifies(service, characteristic)?;
            let link = world.live(number)?;
            if !link.subscribed.contains(&(service, characteristic)) {
                link.subscribed.push((service, characteristic));
            }
            // A new subscriber is told at once, as the layout says.
            world.machine.tell_again(characteristic);
            world.notify(Instant::now());
            Ok(())
        }
        .boxed()
    }

    fn disconnect(&self) -> BoxFuture<'static, Result<(), Error>> {
        let (inside, number) = (Arc::clone(&self.inside), self.number);
        async move {
            hang_up(&inside, number);
            Ok(())
        }
        .boxed()
    }
}
