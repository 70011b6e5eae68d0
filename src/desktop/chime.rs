//! Two soft tones, for whoever works by hand and does not look at the screen.
//!
//! Belongs here: the tones, and bringing them to the system's sound server, best effort: without one nothing is heard, and
//! the ring on the screen says the same. On Linux that is the PulseAudio protocol, which PipeWire speaks too, without a
//! library of the system's; elsewhere `cpal`.

use std::f32::consts::TAU;
use std::sync::atomic::{AtomicBool, Ordering};

/// The two tones, in hertz: a fifth that falls (D5, G4).
const TONES: [f32; 2] = [587.33, 392.0];

/// When the second one begins, in seconds.
const BETWEEN: f32 = 0.35;

/// How long both take, in seconds.
const LENGTH: f32 = 1.6;

/// The loudest sample of one tone, of 1: a tenth of what is possible.
const LOUDNESS: f32 = 0.1;

/// Whether one is being played. One that a sound server does not take is not followed by others.
static SOUNDING: AtomicBool = AtomicBool::new(false);

/// Plays the tones, where the system can. Returns at once.
pub fn chime() {
    if SOUNDING.swap(true, Ordering::AcqRel) {
        return;
    }
    // A thread of its own: a sound server may be slow to answer, and nothing else waits for it.
    let thread = std::thread::Builder::new().name("chime".to_owned()).spawn(|| {
        if let Err(why) = play() {
            tracing::info!("no chime could be played: {why}");
        }
        SOUNDING.store(false, Ordering::Release);
    });
    if thread.is_err() {
        SOUNDING.store(false, Ordering::Release);
    }
}

/// The samples, from −1 to 1, at so many a second: one channel.
fn samples(rate: u32) -> impl Iterator<Item = f32> {
    let rate = rate as f32;
    (0..(LENGTH * rate) as u32).map(move |at| {
        let at = at as f32 / rate;
        // What sounds at the end is faded out, so that nothing clicks.
        let end = ((LENGTH - at) / 0.1).min(1.0);
        let tones = TONES.iter().zip([0.0, BETWEEN]).map(|(tone, from)| {
            let since = at - from;
            if since < 0.0 { 0.0 } else { (TAU * tone * since).sin() * (since / 0.02).min(1.0) * (-since * 4.0).exp() }
        });
        tones.sum::<f32>() * LOUDNESS * end
    })
}

#[cfg(target_os = "linux")]
fn play() -> Result<(), pulseaudio::ClientError> {
    use pulseaudio::{AsPlaybackSource, Client, protocol};

    const RATE: u32 = 44_100;
    let client = Client::from_env(c"Svang")?;
    let params = protocol::PlaybackStreamParams {
        sample_spec: protocol::SampleSpec { format: protocol::SampleFormat::S16Le, channels: 1, sample_rate: RATE },
        channel_map: protocol::ChannelMap::mono(),
        cvolume: Some(protocol::ChannelVolume::norm(1)),
        sink_name: Some(protocol::DEFAULT_SINK.to_owned()),
        ..protocol::PlaybackStreamParams::default()
    };
    let mut bytes = samples(RATE).flat_map(|sample| ((sample * f32::from(i16::MAX)) as i16).to_le_bytes());
    let source = move |room: &mut [u8]| {
        let mut taken = 0;
        for (place, byte) in room.iter_mut().zip(bytes.by_ref()) {
            *place = byte;
            taken += 1;
        }
        taken
    };
    futures::executor::block_on(async {
        client.create_playback_stream(params, source.as_playback_source()).await?.play_all().await
    })
}

#[cfg(not(target_os = "linux"))]
fn play() -> Result<(), cpal::Error> {
    use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};

    let host = cpal::default_host();
    let Some(device) = host.default_output_device() else { return Ok(()) };
    let config = device.default_output_config()?.config();
    let channels = usize::from(config.channels.max(1));
    let mut samples = samples(config.sample_rate);
    let fill = move |room: &mut [f32], _: &cpal::OutputCallbackInfo| {
        for frame in room.chunks_mut(channels) {
            frame.fill(samples.next().unwrap_or(0.0));
        }
    };
    let stream = device.build_output_stream(config, fill, |why| tracing::info!("the chime broke off: {why}"), None)?;
    stream.play()?;
    std::thread::sleep(std::time::Duration::from_secs_f32(LENGTH));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tones_are_soft_and_begin_and_end_in_silence() {
        let all: Vec<f32> = samples(44_100).collect();
        assert_eq!(all.len(), 70_560);
        let loudest = all.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
        assert!((0.05..=0.2).contains(&loudest), "{loudest}");
        assert!(all[0].abs() < 0.001 && all[all.len() - 1].abs() < 0.001);
        let steps = all.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        assert!(steps.fold(0.0_f32, f32::max) < 0.02, "nothing clicks");
    }
}
