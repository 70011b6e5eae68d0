//! Pictures of the window: taken, kept beside their hashes, compared, accepted.
//!
//! `tests/snapshots/KIND/NAME.png` is the picture that was looked at and found good; `NAME.sha256` is the hash of its dots, so
//! that a test need not decode it. Where a picture differs, the failure names a folder with the old one, the new one and
//! their difference. `PICTURES=accept` in the environment accepts what is new; `PICTURES=all` writes every picture into
//! the folder of the target, to look through them. A missing picture is made, and passes: the tree is dirty then.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The dots of a window.
pub struct Picture {
    pub width: u32,
    pub height: u32,
    /// Red, green and blue of each dot, row by row.
    pub dots: Vec<u8>,
}

/// What becomes of pictures.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Compared,
    Accepted,
    All,
}

fn wanted() -> Wanted {
    match std::env::var("PICTURES").as_deref() {
        Ok("accept") => Wanted::Accepted,
        Ok("all") => Wanted::All,
        _ => Wanted::Compared,
    }
}

/// Whether every picture is to be written, also those that are not kept.
pub fn all_are_wanted() -> bool {
    wanted() == Wanted::All
}

/// The folder of the kept pictures of a kind.
fn folder(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(kind)
}

/// Where pictures are written to be looked at.
pub fn seen() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures")
}

impl Picture {
    /// From red, green, blue and alpha of each dot.
    pub fn new(width: u32, height: u32, rgba: &[u8]) -> Self {
        Self { width, height, dots: rgba.chunks_exact(4).flat_map(|dot| [dot[0], dot[1], dot[2]]).collect() }
    }

    fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(self.width.to_le_bytes());
        hasher.update(&self.dots);
        let mut hash: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        hash.push('\n');
        hash
    }

    fn write(&self, path: &Path) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut encoder = png::Encoder::new(fs::File::create(path).unwrap(), self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&self.dots).unwrap();
        writer.finish().unwrap();
    }

    /// Reads a kept picture.
    pub fn read(path: &Path) -> Self {
        let mut reader = png::Decoder::new(std::io::BufReader::new(fs::File::open(path).unwrap())).read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut dots).unwrap();
        dots.truncate(info.buffer_size());
        Self { width: info.width, height: info.height, dots }
    }

    /// What differs from another of the same size, in white on black; from one of another size, everything.
    fn difference(&self, other: &Self) -> Self {
        let same = (self.width, self.height) == (other.width, other.height);
        let differs = |(one, two): (&[u8], &[u8])| if one == two { [0; 3] } else { [255; 3] };
        let dots = match same {
            true => self.dots.chunks_exact(3).zip(other.dots.chunks_exact(3)).flat_map(differs).collect(),
            false => vec![255; self.dots.len()],
        };
        Self { width: self.width, height: self.height, dots }
    }

    /// Writes it to be looked at, where that is asked for; a picture that is not kept.
    pub fn show(&self, name: &str) {
        if all_are_wanted() {
            self.write(&seen().join(format!("{name}.png")));
        }
    }

    /// Compares it with the one that is kept among those of a kind; says where to look when it differs.
    pub fn compare(&self, kind: &str, name: &str) -> Result<(), String> {
        self.show(name);
        let [kept, hash] = ["png", "sha256"].map(|ending| folder(kind).join(format!("{name}.{ending}")));
        let before = fs::read_to_string(&hash).ok();
        if before.as_deref() == Some(&*self.hash()) && kept.exists() {
            return Ok(());
        }
        if before.is_none() || !kept.exists() || wanted() == Wanted::Accepted {
            self.write(&kept);
            fs::write(hash, self.hash()).unwrap();
            return Ok(());
        }
        let old = Self::read(&kept);
        let place = seen().join("different");
        self.write(&place.join(format!("{name}-new.png")));
        old.write(&place.join(format!("{name}-old.png")));
        self.difference(&old).write(&place.join(format!("{name}-difference.png")));
        Err(format!("{name} looks different: see {}/{name}-*.png", place.display()))
    }
}

/// Every kept picture and every hash has its other half, and is among `names`.
pub fn check_folder(kind: &str, names: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    for item in fs::read_dir(folder(kind)).into_iter().flatten() {
        let path = item.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if !names.contains(&name) {
            wrong.push(format!("{} is a picture of nothing: delete it", path.display()));
        }
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("png") => {
                let kept = fs::read_to_string(path.with_extension("sha256")).unwrap_or_default();
                if Picture::read(&path).hash() != kept {
                    wrong.push(format!("{} is not the picture of its hash", path.display()));
                }
            }
            Some("sha256") if path.with_extension("png").exists() => {}
            _ => wrong.push(format!("{} has no picture", path.display())),
        }
    }
    wrong
}
