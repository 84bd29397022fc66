//! Hashed names, compressed copies, and the table that the server serves them from.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hasher as _},
    io::Write as _,
    num::NonZero,
    path::PathBuf,
    sync::Mutex,
    thread,
};

use anyhow::{Result, anyhow};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::place::Place;

/// Where the files to embed are, in the build's own folder.
const FOLDER: &str = "pkg";

/// A file as it was made.
struct Plain {
    /// The name under which it is served.
    name: String,
    mime: &'static str,
    hash: String,
    content: Vec<u8>,
}

/// Collects the files to embed.
pub(crate) struct Pack {
    out: PathBuf,
    folder: PathBuf,
    release: bool,
    plain: Vec<Plain>,
    files: String,
    needs: BTreeMap<&'static str, String>,
    chunks: String,
    texts: String,
}

impl Pack {
    pub(crate) fn new(place: &Place) -> Result<Self> {
        let needs = ["script", "wasm", "style"]
            .map(|name| (name, String::new()))
            .into();
        Ok(Self {
            out: place.out.clone(),
            // Emptied, or the files of every earlier build would pile up.
            folder: place.scratch(FOLDER)?,
            release: place.release,
            plain: Vec::new(),
            files: String::new(),
            needs,
            chunks: String::new(),
            texts: String::new(),
        })
    }

    /// Embeds a file and returns the name under which it is served, which changes with its content.
    pub(crate) fn add(&mut self, name: &str, mime: &'static str, content: Vec<u8>) -> String {
        let hash = hash(&content);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let hashed = format!("{stem}-{hash}.{extension}");
        self.plain.push(Plain {
            name: hashed.clone(),
            mime,
            hash,
            content,
        });
        hashed
    }

    /// Names a packed file that the head of each page loads.
    pub(crate) fn page_needs(&mut self, what: &'static str, packed: &str) {
        self.needs.insert(what, format!("/pkg/{packed}"));
    }

    /// Names a packed font, picture or script that a page may use.
    pub(crate) fn page_file(&mut self, name: &str, packed: &str) {
        let entry = format!("({name:?}, \"/pkg/{packed}\"), ");
        self.files.push_str(&entry);
    }

    /// Names the packed file that the pages of a chunk load.
    pub(crate) fn page_chunk(&mut self, chunk: &str, packed: &str) {
        let entry = format!("({chunk:?}, \"/pkg/{packed}\"), ");
        self.chunks.push_str(&entry);
    }

    /// Names the packed texts of a language.
    pub(crate) fn page_texts(&mut self, language: &str, packed: &str) {
        let entry = format!("({language:?}, \"/pkg/{packed}\"), ");
        self.texts.push_str(&entry);
    }

    /// Writes the files, plain and compressed, and the Rust file that the program includes.
    pub(crate) fn write(self) -> Result<()> {
        let entries = on_all_cores(&self.plain, |plain| self.entry(plain))?;
        let Self {
            files,
            chunks,
            texts,
            ..
        } = &self;
        let mut names = format!("files: &[{files}], chunks: &[{chunks}], texts: &[{texts}],\n");
        for (name, path) in &self.needs {
            writeln!(names, "{name}: {path:?},")?;
        }
        let source = format!(
            "assets::Embedded {{\nnames: assets::Assets {{\n{names}}},\nfiles: &[\n{}],\n}}\n",
            entries.concat()
        );
        fs::write(self.out.join("embedded.rs"), source)?;
        Ok(())
    }

    /// Writes one file, plain and compressed, and returns its line of the table.
    fn entry(&self, plain: &Plain) -> Result<String> {
        let Plain {
            name,
            mime,
            hash,
            content,
        } = plain;
        fs::write(self.folder.join(name), content)?;
        let brotli = self.smaller(plain, "br", brotli(content, self.release)?)?;
        let gzip = self.smaller(plain, "gz", gzip(content, self.release)?)?;
        Ok(format!(
            "    assets::Asset {{ name: {name:?}, mime: {mime:?}, hash: {hash:?}, \
             plain: {}, brotli: {brotli}, gzip: {gzip} }},\n",
            embed(name)
        ))
    }

    /// A compressed copy, if it is smaller; fonts and pictures are compressed already.
    fn smaller(&self, plain: &Plain, suffix: &str, packed: Vec<u8>) -> Result<String> {
        if packed.len() >= plain.content.len() {
            return Ok("None".to_owned());
        }
        let name = format!("{}.{suffix}", plain.name);
        fs::write(self.folder.join(&name), packed)?;
        Ok(format!("Some({})", embed(&name)))
    }
}

/// Does the same with each file, the large ones first, and returns what comes of it in their order.
fn on_all_cores<T: Send>(
    files: &[Plain],
    work: impl Fn(&Plain) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let mut order: Vec<_> = files.iter().enumerate().collect();
    order.sort_by_key(|(_, file)| Reverse(file.content.len()));
    let waiting = Mutex::new(order.into_iter());
    let next = || waiting.lock().ok()?.next();
    let worker = || {
        let mut done = Vec::new();
        while let Some((n, file)) = next() {
            done.push((n, work(file)?));
        }
        anyhow::Ok(done)
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut done = Vec::new();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        for worker in workers {
            let part = worker.join().map_err(|_| anyhow!("packing has panicked"))?;
            done.extend(part?);
        }
        anyhow::Ok(())
    })?;
    done.sort_by_key(|(n, _)| *n);
    Ok(done.into_iter().map(|(_, made)| made).collect())
}

/// The path is taken from the generated file, which lies beside the folder.
fn embed(name: &str) -> String {
    format!("include_bytes!(\"{FOLDER}/{name}\")")
}

/// Tells one version of a file from another. Nobody gains by forging it: whoever could, writes the
/// files anyway.
fn hash(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    format!("{:016x}", hasher.finish())
}

fn brotli(mut content: &[u8], release: bool) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: if release { 11 } else { 2 },
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut content, &mut packed, &params)?;
    Ok(packed)
}

fn gzip(content: &[u8], release: bool) -> Result<Vec<u8>> {
    let level = if release {
        Compression::best()
    } else {
        Compression::fast()
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
