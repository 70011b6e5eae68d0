//! Every built-in device map loads without fault, and gives its test vectors' exact bytes.

use svang::massager::{DeviceMap, bundled};

#[test]
fn every_built_in_map_is_without_fault() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/massagers");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let source = std::fs::read_to_string(&path).unwrap();
        if let Err(problems) = DeviceMap::read(&source) {
            let lines: Vec<String> = problems.iter().map(|problem| format!("{name}:{problem}")).collect();
            panic!("{}", lines.join("\n"));
        }
        files.push((name, source));
    }
    files.sort();
    let mut built_in: Vec<(String, String)> =
        bundled().into_iter().map(|(name, source)| (name.to_owned(), source.to_owned())).collect();
    built_in.sort();
    assert_eq!(built_in, files, "src/massager/bundled.rs lists every map in assets/massagers");
}
