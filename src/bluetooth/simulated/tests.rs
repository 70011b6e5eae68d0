use std::collections::BTreeMap;

use tokio::time::advance;

use super::machine::{CONTROL, SERVICE, STATUS};
use super::*;
use crate::massager::Write;
use crate::mode::Mode;

const HEAT_2: [u8; 11] = [0x53, 1, 0, 0, 0, 0, 0, 0, 2, 0x1e, 0x4e];

fn heat(level: u16) -> BTreeMap<Channel, u16> {
    BTreeMap::from([(Channel::both(Mode::Heat), level)])
}

fn write(bytes: Vec<u8>) -> Write {
    let (role, sets, pause) = ("control".to_owned(), Vec::new(), Duration::ZERO);
    Write { role, service: SERVICE, characteristic: CONTROL, with_response: true, bytes, sets, pause }
}

async fn connected() -> (Simulated, Bench, Connection) {
    let radio = Simulated::new();
    let bench = radio.bench();
    let connection = radio.connect(MassagerId::simulated()).await.unwrap();
    (radio, bench, connection)
}

#[tokio::test(start_paused = true)]
async fn it_is_found_by_its_name_and_service() {
    let radio = Simulated::new();
    let mut events = radio.events();
    assert!(matches!(events.recv().await, Some(RadioEvent::State(RadioState::Ready(_)))));
    radio.search(true).await.unwrap();
    let Some(RadioEvent::Seen { id, advertisement, rssi: Some(_) }) = events.recv().await else { panic!("not seen") };
    assert!(id.is_simulated());
    assert_eq!(advertisement.name.as_deref(), Some("Simulated massager"));
    assert_eq!(advertisement.services, [SERVICE]);
}

#[tokio::test(start_paused = true)]
async fn a_frame_moves_it_and_the_dead_man_time_stops_it() {
    let (_radio, bench, Connection { link, .. }) = connected().await;
    let start = Instant::now();
    link.write(write(HEAT_2.to_vec())).await.unwrap();
    assert_eq!(bench.levels(), heat(2));
    let written = bench.writes();
    assert_eq!((written.len(), written[0].at, &written[0].levels), (1, start, &heat(2)));
    advance(Duration::from_millis(2999)).await;
    assert_eq!(bench.levels(), heat(2));
    advance(Duration::from_millis(1)).await;
    assert!(bench.levels().is_empty());
}

#[tokio::test(start_paused = true)]
async fn status_and_battery_are_notified() {
    let (_radio, bench, Connection { link, mut events }) = connected().await;
    link.subscribe(SERVICE, STATUS).await.unwrap();
    let battery = link.characteristics().iter().find(|found| found.service != SERVICE).unwrap().clone();
    link.subscribe(battery.service, battery.uuid).await.unwrap();
    let mut next = async || match events.recv().await {
        Some(LinkEvent::Notified { bytes, .. }) => bytes,
        other => panic!("{other:?}"),
    };
    assert_eq!(next().await[..2], [0x73, 0]);
    assert_eq!(next().await, [100]);
    link.write(write(HEAT_2.to_vec())).await.unwrap();
    assert_eq!(next().await[8], 2);
    let start = Instant::now();
    // Once a second while it moves; then it stops by itself.
    for second in 1..=3 {
        let status = next().await;
        assert_eq!(start.elapsed(), Duration::from_secs(second));
        assert_eq!(status[1], if second < 3 { 0b01 } else { 0b10 });
    }
    bench.set_battery(7);
    assert_eq!(next().await[12], 7);
    assert_eq!(next().await, [7]);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_link_is_told_and_comes_back_in_its_time() {
    let (radio, bench, Connection { link, mut events }) = connected().await;
    link.write(write(HEAT_2.to_vec())).await.unwrap();
    bench.drop_link(Some(Duration::from_secs(2)));
    assert_eq!(events.recv().await, Some(LinkEvent::Lost));
    assert_eq!(link.write(write(HEAT_2.to_vec())).await, Err(Error::LinkLost));
    // Without a radio it goes on until its own dead-man time.
    assert_eq!(bench.levels(), heat(2));
    let start = Instant::now();
    assert!(radio.connect(MassagerId::simulated()).await.is_ok());
    assert_eq!(start.elapsed(), Duration::from_secs(2));
    bench.drop_link(None);
    let start = Instant::now();
    assert_eq!(radio.connect(MassagerId::simulated()).await.err(), Some(Error::TimedOut));
    assert_eq!(start.elapsed(), CONNECT_TIME_OUT);
}

#[tokio::test(start_paused = true)]
async fn it_is_gone_from_the_search_and_back_again() {
    let (radio, bench, _link) = connected().await;
    let mut events = radio.events();
    radio.search(true).await.unwrap();
    let mut next = async || loop {
        match events.recv().await {
            Some(RadioEvent::State(_)) => {}
            other => return other,
        }
    };
    assert!(matches!(next().await, Some(RadioEvent::Seen { .. })));
    bench.drop_link(Some(Duration::from_secs(9)));
    assert!(matches!(next().await, Some(RadioEvent::Gone(_))));
    assert!(matches!(next().await, Some(RadioEvent::Seen { .. })));
}

#[tokio::test(start_paused = true)]
async fn answers_can_be_late_and_one_write_at_a_time_is_taken() {
    let (_radio, bench, Connection { link, .. }) = connected().await;
    bench.answer_after(Duration::from_secs(1));
    let start = Instant::now();
    let late = link.write(write(HEAT_2.to_vec()));
    let stop = link.write(write(vec![0x53, 2, 0x51]));
    let (late, stop) = tokio::join!(late, stop);
    assert_eq!((late, stop, start.elapsed()), (Ok(()), Err(Error::Busy), Duration::from_secs(1)));
    let again = link.write(write(vec![0x53, 2, 0x51])).await;
    assert_eq!((again, start.elapsed()), (Ok(()), Duration::from_secs(2)));
    let arrived: Vec<_> = bench.writes().iter().map(|write| write.at - start).collect();
    assert_eq!(arrived, [Duration::ZERO, Duration::from_secs(1)]);
    assert!(bench.levels().is_empty());
}

#[tokio::test(start_paused = true)]
async fn writes_can_be_refused_ignored_or_never_answered() {
    let (_radio, bench, Connection { link, mut events }) = connected().await;
    let try_it = async || link.write(write(HEAT_2.to_vec())).await;
    bench.refuse_writes(1);
    assert!(matches!(try_it().await, Err(Error::Refused(_))));
    bench.ignore_writes(true);
    assert_eq!(try_it().await, Ok(()));
    assert!(bench.levels().is_empty());
    bench.ignore_writes(false);
    bench.never_answer(true);
    let start = Instant::now();
    assert_eq!(try_it().await, Err(Error::LinkLost));
    assert_eq!(start.elapsed(), ATT_TIME_OUT);
    assert_eq!(events.recv().await, Some(LinkEvent::Lost));
    assert_eq!(bench.writes().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_radio_switched_off_loses_the_link_and_refuses_the_rest() {
    let (radio, bench, Connection { link: _link, mut events }) = connected().await;
    bench.set_radio(RadioState::Off);
    assert_eq!(events.recv().await, Some(LinkEvent::Lost));
    assert_eq!(radio.search(true).await, Err(Error::Off));
    assert_eq!(radio.connect(MassagerId::simulated()).await.err(), Some(Error::Off));
    bench.set_radio(RadioState::Unavailable(Error::NoAdapter));
    assert_eq!(radio.connect(MassagerId::simulated()).await.err(), Some(Error::NoAdapter));
    bench.radio_ready();
    assert!(radio.connect(MassagerId::simulated()).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn it_can_demand_pairing_in_every_way() {
    let (radio, bench, Connection { link, .. }) = connected().await;
    let ways =
        [Demand::JustWorks, Demand::NumericComparison(123), Demand::PasskeyDisplay(456), Demand::PasskeyEntry(789)];
    for way in ways {
        for agree in [false, true] {
            bench.demand_pairing(Some(way));
            let (ask, mut asked) = mpsc::unbounded_channel();
            let answering = tokio::spawn(async move {
                while let Some(question) = asked.recv().await {
                    match question {
                        PairingQuestion::NumericComparison(number, answer) => {
                            answer.send(agree && number == 123).unwrap()
                        }
                        PairingQuestion::PasskeyDisplay(number) => assert_eq!(number, 456),
                        PairingQuestion::PasskeyEntry(answer) => answer.send(agree.then_some(789)).unwrap(),
                        PairingQuestion::OffersKeyboard(_) => panic!("it offers no keyboard"),
                    }
                }
            });
            let write = || link.write(write(HEAT_2.to_vec()));
            assert_eq!(write().await, Err(Error::NeedsPairing));
            let asks = matches!(way, Demand::NumericComparison(_) | Demand::PasskeyEntry(_));
            let paired = radio.pair(MassagerId::simulated(), ask).await;
            answering.await.unwrap();
            if agree || !asks {
                assert_eq!((paired, write().await), (Ok(()), Ok(())));
            } else {
                assert_eq!((paired, write().await), (Err(Error::PairingRefused), Err(Error::NeedsPairing)));
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_link_that_is_dropped_hangs_up() {
    let (_radio, bench, Connection { link, .. }) = connected().await;
    assert!(bench.connected());
    drop(link);
    assert!(!bench.connected());
}
