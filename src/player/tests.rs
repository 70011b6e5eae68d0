use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::curve::{Curve, Point, Shape};
use crate::mode::Mode;

const ROLLER: Channel = Channel::both(Mode::Roller);
const AIR: Channel = Channel::both(Mode::AirPressure);
const FULL: Intensity = Intensity::FULL;

fn percent(percent: u16) -> Intensity {
    Intensity::from_percent(percent)
}

fn profile(tracks: &[(Channel, &[Point])], seconds: u32) -> Arc<Profile> {
    Arc::new(Profile {
        name: "Test".into(),
        length: Time::from_secs(seconds),
        tracks: tracks.iter().map(|(channel, points)| (*channel, Curve::new(points.to_vec()).unwrap())).collect(),
        ..Profile::default()
    })
}

fn flat(intensity: u16, seconds: u32) -> Arc<Profile> {
    profile(&[(ROLLER, &[Point::new(Shape::Hold, Time::ZERO, percent(intensity))])], seconds)
}

fn rules(rise: u16, soft_start: u64) -> Rules {
    let limits =
        Limits { rise_per_second: percent(rise), soft_start: Duration::from_millis(soft_start), ..Limits::default() };
    Rules { limits, strength: FULL }
}

/// A player of one roller with ten levels, and its start.
fn player(rules: Rules) -> (Player, Instant) {
    let start = Instant::now();
    (Player::new(start, &[(ROLLER, 10, FULL)], rules, 1.0), start)
}

fn level(player: &Player) -> u16 {
    player.outputs().next().unwrap().level
}

fn wanted(player: &Player) -> f32 {
    player.outputs().next().unwrap().wanted.percent()
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn play_rises_softly_from_nothing() {
    let (mut player, start) = player(rules(100, 3_000));
    player.play(start, flat(60, 60), Time::ZERO, false);
    assert_eq!(level(&player), 0);
    let at = |player: &mut Player, at| {
        player.advance(start + millis(at));
        wanted(player)
    };
    assert_eq!(at(&mut player, 1_500), 30.0);
    assert_eq!(at(&mut player, 3_000), 60.0);
}

#[test]
fn a_rise_keeps_to_the_limit_and_a_fall_does_not_wait() {
    let jump = [
        Point::new(Shape::Hold, Time::ZERO, percent(0)),
        Point::new(Shape::Hold, Time::from_secs(10), percent(50)),
        Point::new(Shape::Hold, Time::from_secs(20), percent(10)),
    ];
    let (mut player, start) = player(rules(10, 0));
    player.play(start, profile(&[(ROLLER, &jump)], 60), Time::ZERO, false);
    player.advance(start + secs(12));
    assert!((20.0..=20.3).contains(&wanted(&player)), "{}", wanted(&player));
    player.advance(start + millis(19_999));
    assert_eq!(wanted(&player), 50.0);
    player.advance(start + secs(20));
    assert_eq!(wanted(&player), 10.0);
}

#[test]
fn pause_keeps_the_place_and_resume_rises_from_nothing() {
    let (mut player, start) = player(rules(100, 3_000));
    player.play(start, flat(60, 60), Time::ZERO, false);
    player.pause(start + secs(10), Pause::Asked);
    assert_eq!((level(&player), player.paused().is_some()), (0, true));
    assert_eq!(player.look_again(), None, "nothing changes while it is paused");
    player.advance(start + secs(100));
    assert_eq!(player.playing().unwrap().1, Time::from_secs(10));
    player.resume(start + secs(100));
    assert_eq!(level(&player), 0);
    player.advance(start + millis(101_500));
    assert_eq!((wanted(&player), player.playing().unwrap().1), (30.0, Time::from_millis(11_500)));
}

#[test]
fn a_seek_ramps_in_while_playing_and_stays_paused_while_paused() {
    let (mut player, start) = player(rules(100, 3_000));
    player.play(start, flat(60, 60), Time::ZERO, false);
    player.seek(start + secs(10), Time::from_secs(40));
    assert_eq!((level(&player), player.playing().unwrap().1), (0, Time::from_secs(40)));
    player.advance(start + secs(13));
    assert_eq!(wanted(&player), 60.0);
    player.pause(start + secs(14), Pause::Asked);
    player.seek(start + secs(14), Time::from_secs(5));
    player.advance(start + secs(20));
    assert_eq!((level(&player), player.playing().unwrap().1), (0, Time::from_secs(5)));
}

#[test]
fn a_profile_that_ends_above_nothing_is_played_down() {
    let (mut player, start) = player(rules(100, 0));
    player.play(start, flat(60, 10), Time::ZERO, false);
    assert_eq!(player.advance(start + millis(11_500)), None);
    assert_eq!(wanted(&player), 30.0);
    assert_eq!(player.playing().unwrap().1, Time::from_secs(10));
    assert_eq!(player.advance(start + secs(13)), Some(Ended::Finished));
    assert_eq!((level(&player), player.playing().is_none()), (0, true));
    assert_eq!(player.advance(start + secs(14)), None, "it ends once");
}

#[test]
fn a_profile_that_ends_at_nothing_is_over_at_its_end() {
    let down = [
        Point::new(Shape::Hold, Time::ZERO, percent(50)),
        Point::new(Shape::Straight, Time::from_secs(10), percent(0)),
    ];
    let (mut player, start) = player(rules(100, 0));
    player.play(start, profile(&[(ROLLER, &down)], 10), Time::ZERO, false);
    assert_eq!(player.advance(start + millis(9_999)), None);
    assert_eq!(player.advance(start + secs(10)), Some(Ended::Finished));
}

#[test]
fn repeat_starts_again_until_the_session_is_over() {
    let (mut player, start) = player(rules(100, 0));
    player.play(start, flat(60, 10), Time::from_secs(5), true);
    player.advance(start + secs(8));
    assert_eq!((player.playing().unwrap().1, level(&player)), (Time::from_secs(3), 6));
    assert_eq!(player.advance(start + secs(15 * 60)), Some(Ended::SessionOver));
    assert_eq!(level(&player), 0);
}

#[test]
fn a_pause_does_not_count_towards_the_session() {
    let (mut player, start) = player(rules(100, 0));
    player.play(start, flat(60, 3_600), Time::ZERO, false);
    player.pause(start + secs(60), Pause::Asked);
    player.resume(start + secs(1_000));
    player.advance(start + secs(1_100));
    assert_eq!(player.session_used(), secs(160));
    assert_eq!(player.session_left(), secs(15 * 60 - 160));
    assert_eq!(player.advance(start + secs(1_000 + 14 * 60)), Some(Ended::SessionOver));
}

#[test]
fn no_setting_makes_a_session_longer_than_half_an_hour() {
    let mut rules = rules(100, 0);
    rules.limits.session = secs(3 * 60 * 60);
    let (mut player, start) = player(rules);
    player.play(start, flat(60, 3_600), Time::ZERO, false);
    assert_eq!(player.advance(start + secs(30 * 60)), Some(Ended::SessionOver));
}

#[test]
fn strength_multiplies_and_the_ceiling_clips() {
    let (mut player, start) = player(rules(100, 0));
    player.play(start, flat(80, 600), Time::ZERO, false);
    player.advance(start + secs(5));
    player.set_rules(start + secs(5), Rules { strength: percent(50), ..rules(100, 0) });
    assert_eq!(wanted(&player), 40.0);
    player.set_ceilings(start + secs(6), &BTreeMap::from([(ROLLER, percent(30))]));
    assert_eq!((wanted(&player), level(&player)), (30.0, 3));
    player.set_ceilings(start + secs(7), &BTreeMap::from([(ROLLER, percent(100))]));
    assert!(wanted(&player) <= 30.2, "what goes up waits for the limit");
    player.set_rules(start + secs(8), Rules { strength: Intensity::ZERO, ..rules(100, 0) });
    assert_eq!(wanted(&player), 8.0, "the least strength is 10 %");
}

#[test]
fn everything_can_rise_from_nothing_again_at_the_same_place() {
    let (mut player, start) = player(rules(10, 0));
    player.play(start, flat(50, 600), Time::ZERO, false);
    player.advance(start + secs(20));
    player.rise_again(start + secs(20));
    assert_eq!((wanted(&player), player.playing().unwrap().1), (0.0, Time::from_secs(20)));
    player.advance(start + secs(22));
    assert_eq!(wanted(&player), 20.0);
}

#[test]
fn time_that_nobody_played_counts_for_nothing() {
    let (mut player, start) = player(rules(100, 0));
    player.play(start, flat(50, 600), Time::ZERO, false);
    player.advance(start + secs(20));
    player.skip_time(start + secs(4_000));
    assert_eq!(player.advance(start + secs(4_001)), None);
    assert_eq!((player.playing().unwrap().1, player.session_used()), (Time::from_secs(21), secs(21)));
}

#[test]
fn an_edited_profile_is_taken_at_the_same_place_without_a_jump() {
    let (mut player, start) = player(rules(10, 0));
    player.play(start, flat(20, 600), Time::ZERO, false);
    player.advance(start + secs(30));
    player.replace(start + secs(30), flat(90, 300));
    assert!(wanted(&player) <= 20.2);
    player.advance(start + secs(31));
    assert!((30.0..=30.3).contains(&wanted(&player)));
    assert_eq!(player.playing().unwrap().1, Time::from_secs(31));
}

#[test]
fn a_manual_step_is_skipped_to_its_end() {
    let (mut player, start) = player(rules(100, 0));
    let step =
        crate::profile::Step { from: Time::from_secs(5), to: Time::from_secs(20), text: "Roll.".into(), spot: None };
    let with_step = Profile { steps: vec![step], ..(*flat(10, 60)).clone() };
    player.play(start, Arc::new(with_step), Time::ZERO, false);
    assert!(!player.skip_step(start + secs(4)));
    assert!(player.skip_step(start + secs(6)));
    assert_eq!(player.playing().unwrap().1, Time::from_secs(20));
}

#[test]
fn by_hand_keeps_to_the_limits_and_only_works_while_nothing_plays() {
    let (mut player, start) = player(rules(10, 0));
    assert!(player.set_by_hand(start, ROLLER, percent(50)));
    assert!(!player.set_by_hand(start, AIR, percent(50)), "the massager has no air pressure");
    player.advance(start + secs(2));
    assert!((20.0..=20.3).contains(&wanted(&player)));
    assert_eq!(player.session_used(), secs(2));
    assert_eq!(player.advance(start + secs(15 * 60)), Some(Ended::SessionOver));
    assert_eq!(level(&player), 0);
    player.stop(start + secs(1_000));
    player.play(start + secs(1_000), flat(20, 600), Time::ZERO, false);
    assert!(!player.set_by_hand(start + secs(1_001), ROLLER, percent(50)));
}

#[test]
fn stop_is_at_once_and_begins_a_new_session() {
    let (mut player, start) = player(rules(100, 0));
    player.play(start, flat(60, 600), Time::ZERO, false);
    player.stop(start + secs(60));
    assert_eq!((level(&player), player.playing().is_none(), player.session_used()), (0, true, Duration::ZERO));
    assert_eq!(player.look_again(), None);
}

#[test]
fn a_faster_clock_plays_the_same_in_less_time() {
    let start = Instant::now();
    let mut player = Player::new(start, &[(ROLLER, 10, FULL)], rules(10, 3_000), 20.0);
    player.play(start, flat(60, 100), Time::ZERO, false);
    player.advance(start + secs(1));
    assert_eq!(player.playing().unwrap().1, Time::from_secs(20));
    assert_eq!(level(&player), 6);
    assert_eq!(player.advance(start + millis(5_150)), Some(Ended::Finished));
}

#[test]
fn a_long_flat_profile_is_not_looked_at_in_between() {
    let (mut player, start) = player(rules(10, 3_000));
    player.play(start, flat(50, 600), Time::ZERO, false);
    let mut looks = 0;
    while let Some(next) = player.look_again() {
        player.advance(next);
        looks += 1;
        if next >= start + secs(600) {
            break;
        }
    }
    assert!(looks <= 10, "{looks} looks for five levels and an end");
}

/// The same rules by the book, every millisecond one after the other, in millionths.
fn by_the_book(profile: &Profile, levels: u16, ceiling: Intensity, rules: Rules, millis: u64) -> Vec<u16> {
    let soft = rules.limits.soft_start.as_millis() as u64;
    let mut room = u64::MAX;
    (0..=millis)
        .map(|at| {
            let asked = profile.intensity_at(ROLLER, Time::from_millis(at as u32));
            let aim = u64::from(asked.scaled(rules.strength).min(ceiling).per_mille());
            let aim = (aim * at.min(soft)).checked_div(soft).unwrap_or(aim);
            let highest = aim * 1000 + 2000;
            room = if at == 0 { 2000 } else { highest.min(room + u64::from(rules.limits.rise_per_second.per_mille())) };
            let out = aim.min(room / 1000) as u16;
            Intensity::from_per_mille(out).level(levels, ceiling)
        })
        .collect()
}

fn any_profile() -> impl Strategy<Value = Arc<Profile>> {
    let shape = prop_oneof![
        Just(Shape::Hold),
        Just(Shape::Straight),
        Just(Shape::Smooth),
        (-100i8..=100).prop_map(Shape::Bend)
    ];
    prop::collection::vec((1u32..9_000, 0u16..=1000, shape), 1..10).prop_map(|steps| {
        let mut at = 0;
        let points: Vec<Point> = steps
            .into_iter()
            .map(|(step, per_mille, shape)| {
                at += step;
                Point::new(shape, Time::from_millis(at), Intensity::from_per_mille(per_mille))
            })
            .collect();
        profile(&[(ROLLER, &points)], 90)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn levels_are_those_of_the_book_however_often_it_is_asked(
        profile in any_profile(),
        levels in 1u16..20,
        ceiling in 0u16..=1000,
        strength in 100u16..=1000,
        rise in 1u16..=1000,
        soft in 0u64..4_000,
        looks in prop::collection::vec(1u64..7_000, 1..12),
    ) {
        let ceiling = Intensity::from_per_mille(ceiling);
        let mut rules = rules(0, soft);
        rules.limits.rise_per_second = Intensity::from_per_mille(rise);
        rules.strength = Intensity::from_per_mille(strength);
        let book = by_the_book(&profile, levels, ceiling, rules, 60_000);
        let start = Instant::now();
        let fresh = || {
            let mut player = Player::new(start, &[(ROLLER, levels, ceiling)], rules, 1.0);
            player.play(start, profile.clone(), Time::ZERO, false);
            player
        };

        // Asked only when it wants to be: every change is there, at its millisecond.
        let mut player = fresh();
        let mut shown = vec![level(&player)];
        while let Some(next) = player.look_again() {
            let at = next.duration_since(start).as_millis() as usize;
            let here = level(&player);
            shown.resize(at.min(60_001), here);
            if at > 60_000 {
                break;
            }
            player.advance(next);
            shown.push(level(&player));
        }
        shown.resize(60_001, *shown.last().unwrap());
        for (at, (mine, theirs)) in shown.iter().zip(&book).enumerate() {
            prop_assert_eq!(mine, theirs, "at {} ms", at);
            prop_assert!(*mine <= ceiling.highest_level(levels));
        }

        // Asked at any times: the same.
        let (mut often, mut at) = (fresh(), 0);
        for step in looks {
            at += step;
            if at > 60_000 {
                break;
            }
            often.advance(start + millis(at));
            prop_assert_eq!(level(&often), book[at as usize]);
        }
    }

    #[test]
    fn an_intensity_never_rises_faster_than_the_limit(
        profile in any_profile(),
        rise in 10u16..=300,
        orders in prop::collection::vec((1u64..4_000, 0u8..6, 0u32..60_000), 0..12),
    ) {
        let mut rules = rules(0, 0);
        rules.limits.rise_per_second = Intensity::from_per_mille(rise);
        let (mut player, start) = player(rules);
        player.play(start, profile.clone(), Time::ZERO, true);
        let (mut at, mut history) = (0, vec![(0u64, player.outputs().next().unwrap().wanted)]);
        for (step, what, place) in orders {
            for _ in 0..step / 50 {
                at += 50;
                player.advance(start + millis(at));
                history.push((at, player.outputs().next().unwrap().wanted));
            }
            let now = start + millis(at);
            match what {
                0 => player.seek(now, Time::from_millis(place)),
                1 => player.pause(now, Pause::Asked),
                2 => player.resume(now),
                3 => player.set_rules(now, Rules { strength: percent((place % 100) as u16), ..rules }),
                4 => player.set_ceilings(now, &BTreeMap::from([(ROLLER, percent((place % 100) as u16))])),
                _ => player.replace(now, flat((place % 100) as u16, 60)),
            }
            history.push((at, player.outputs().next().unwrap().wanted));
        }
        for (index, (from, low)) in history.iter().enumerate() {
            for (to, high) in &history[index..] {
                let allowed = (to - from) as f64 * f64::from(rise) / 1000.0 + 2.0;
                prop_assert!(f64::from(high.per_mille()) - f64::from(low.per_mille()) <= allowed);
            }
        }
    }
}
