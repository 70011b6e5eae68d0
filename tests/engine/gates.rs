//! What the answers to the health questions, and the first uses, switch off: in profiles, by hand and in programs.

use svang::care::health::{Answer, Gates, Health};

use super::*;

fn gates(answers: &[Answer]) -> Gates {
    let today = "2026-11-26".parse().unwrap();
    let mut health = Health::default();
    health.answer(answers.iter().copied().collect(), false, today);
    health.answer_red_flags(false, today);
    health.gates(today)
}

#[tokio::test(start_paused = true)]
async fn a_mode_that_an_answer_switches_off_moves_in_no_way() {
    let mut room = Room::connected_with(|setup| setup.gates = gates(&[Answer::Clot])).await;
    room.play(flat(100, 60));
    room.pass(secs(5)).await;
    assert!(room.said("stays off: your answers") && matches!(room.state.activity, Activity::Nothing));
    room.handle.send(Command::SetByHand(ROLLER, percent(100)));
    room.pass(secs(2)).await;
    assert!(room.said("Roller stays off"));
    room.handle.send(Command::PlayProgram("Gentle roll".into()));
    room.pass(secs(2)).await;
    assert!(room.said("programs choose modes and strength themselves"));
    assert_eq!((room.level(), room.bench.program()), (0, None));
    // Full strength and full ceilings change nothing.
    room.handle.send(Command::SetCeiling(svang::mode::Mode::Roller, Intensity::FULL));
    room.handle.send(Command::SetStrength(Intensity::FULL));
    room.handle.send(Command::SetByHand(ROLLER, percent(100)));
    room.pass(secs(2)).await;
    assert_eq!(room.level(), 0);
    assert_eq!(room.state.gates.why_off(svang::mode::Mode::Roller), Some(Answer::Clot));
}

#[tokio::test(start_paused = true)]
async fn answers_that_close_while_it_plays_bring_it_down_at_once() {
    let mut room = Room::connected().await;
    room.play(flat(100, 600));
    room.pass(secs(5)).await;
    assert_eq!(room.level(), 20);
    room.handle.send(Command::SetGates(gates(&[Answer::Pregnant])));
    room.pass(secs(2)).await;
    assert_eq!(room.level(), 0);
    room.handle.send(Command::SetGates(Gates::default()));
    room.pass(secs(1)).await;
    let flagged = Gates { red_flag: true, ..Gates::default() };
    room.handle.send(Command::SetGates(flagged));
    room.pass(secs(2)).await;
    assert!(matches!(room.state.activity, Activity::Nothing));
    room.play(flat(100, 600));
    room.pass(secs(2)).await;
    assert!(room.said("Not today") && room.level() == 0);
}

#[tokio::test(start_paused = true)]
async fn where_it_is_to_be_gentle_it_is_thirty_percent_and_ten_minutes() {
    let gently = Gates {
        modes: svang::mode::Mode::ALL.map(|mode| (mode, (percent(30), Some(Answer::Device)))).into(),
        session: Some(secs(600)),
        ..Gates::default()
    };
    let mut room = Room::connected_with(|setup| setup.gates = gently).await;
    room.play(flat(100, 3600));
    room.pass(secs(5)).await;
    assert_eq!(room.level(), 6, "30 % of 20 levels");
    room.pass(secs(600)).await;
    assert!(matches!(room.state.activity, Activity::Nothing));
}

#[tokio::test(start_paused = true)]
async fn the_first_uses_of_a_real_massager_are_gentle_whatever_the_strength() {
    let first = Gates { first_uses: true, ..Gates::default() };
    let mut simulated = Room::connected_with(|setup| setup.gates = first.clone()).await;
    simulated.play(flat(100, 600));
    simulated.pass(secs(5)).await;
    assert_eq!(simulated.level(), 20, "the simulated one moves nothing");
    let (mut real, _kennel) = ends::watched(|setup| setup.gates = first).await;
    real.play(flat(100, 3600));
    real.pass(secs(5)).await;
    assert_eq!(real.level(), 6);
    assert_eq!(real.uses, 0);
    real.pass(secs(60)).await;
    assert_eq!(real.uses, 1, "a minute is a use");
    real.pass(secs(560)).await;
    assert!(matches!(real.state.activity, Activity::Nothing));
    assert_eq!(real.uses, 1);
}

#[tokio::test(start_paused = true)]
async fn no_setting_makes_a_use_longer_than_twenty_minutes() {
    let mut room = Room::connected_with(|setup| setup.limits.session = secs(3600)).await;
    room.play(flat(50, 7200));
    room.pass(secs(20 * 60 - 5)).await;
    assert!(room.level() > 0);
    room.pass(secs(10)).await;
    assert!(matches!(room.state.activity, Activity::Nothing) && room.said("had its 20 minutes"));
}
