//! From the app's module to the wasm that a browser loads, and the script that starts it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context as _, Result, ensure};
use walrus::Module;
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    compile,
    pack::Pack,
    place::Place,
    split::{self, LINKS},
};

/// Makes both, and packs them with its chunks.
pub(crate) fn build(place: &Place, pack: &mut Pack) -> Result<()> {
    let cut = split::cut(place, &compile::compile(place)?)?;
    let (glue, wasm) = bind(&cut.main)?;
    let mut bundles = BTreeMap::new();
    for (chunk, files) in &cut.chunks {
        ensure!(
            needed(&cut.links, chunk) == Some(files.iter().cloned().collect()),
            "the bundle of {chunk} is not what it needs"
        );
        let bundle = bundle(&cut.files, files);
        let packed = pack.add(
            &format!("{chunk}.chunks"),
            "application/octet-stream",
            bundle,
        );
        pack.page_chunk(chunk, &packed);
        bundles.insert(chunk.clone(), packed);
    }
    let wasm = pack.add("app.wasm", "application/wasm", wasm);
    let script = script(&glue, &cut.links, &bundles, &wasm)?;
    let script = pack.add(
        "start.js",
        "text/javascript; charset=utf-8",
        script.into_bytes(),
    );
    pack.page_needs("script", &script);
    pack.page_needs("wasm", &wasm);
    Ok(())
}

/// How the exports begin by which a browser would read streams that the app writes. It writes none, but
/// what is exported is kept with all that it needs.
const NEVER_USED: &str = "intounderlying";

/// Gives what the module asks of the browser short names, in the module and in its script. Each is
/// called by a hash of sixteen digits otherwise, twice, which no compression makes smaller.
fn shorten(module: &mut Module, glue: &str) -> String {
    let key = |line: &str| {
        let (name, _) = line.trim_start().split_once(": function(")?;
        name.starts_with("__wb").then(|| name.to_owned())
    };
    let keys: BTreeSet<String> = glue.lines().filter_map(key).collect();
    let mut short = BTreeMap::new();
    for import in module.imports.iter_mut() {
        if keys.contains(&import.name) {
            let name = format!("_{}", short.len());
            short.insert(std::mem::replace(&mut import.name, name.clone()), name);
        }
    }
    let renamed = |line: &str| match key(line).and_then(|key| Some((short.get(&key)?, key))) {
        Some((name, key)) => line.replacen(&key, name, 1),
        None => line.to_owned(),
    };
    let lines: Vec<_> = glue.lines().map(renamed).collect();
    let mut glue = lines.join("\n");
    // The same for what it offers under names of the compiler.
    let offered = module.exports.iter_mut();
    for (n, export) in offered.filter(|e| e.name.starts_with("_ZN")).enumerate() {
        let name = format!("_z{n}_");
        // Another name may begin with this one: each ends before a bracket.
        glue = glue.replace(&format!("{}(", export.name), &format!("{name}("));
        glue = glue.replace(&format!("{},", export.name), &format!("{name},"));
        glue = glue.replace(&format!("{})", export.name), &format!("{name})"));
        export.name = name;
    }
    glue
}

/// The script without the classes of streams, see [`NEVER_USED`].
fn without_streams(glue: &str) -> Result<String> {
    const CLASS: &str = "IntoUnderlying";
    const BEGINNINGS: [&str; 3] = ["export class ", "const ", "if (Symbol.dispose) "];
    let begins = |line: &str| {
        let mut beginnings = BEGINNINGS.iter();
        beginnings.any(|b| line.strip_prefix(b).is_some_and(|l| l.starts_with(CLASS)))
    };
    let mut kept = String::with_capacity(glue.len());
    // How what is left out ends, and how many of its brackets are open.
    let (mut end, mut open) = (None, 0);
    for line in glue.lines() {
        if end.is_none() && begins(line) {
            end = Some(if line.starts_with("export") { '}' } else { ';' });
        }
        let Some(last) = end else {
            kept.push_str(line);
            kept.push('\n');
            continue;
        };
        open += line.matches(['{', '(']).count();
        open -= line.matches(['}', ')']).count().min(open);
        end = end.filter(|_| open > 0 || !line.ends_with(last));
    }
    ensure!(
        !kept.contains(CLASS) && !kept.contains(NEVER_USED),
        "the script that wasm-bindgen makes has changed its form"
    );
    Ok(kept)
}

/// Runs wasm-bindgen, as a library: no tool has to be installed at just the right version.
fn bind(module: &Path) -> Result<(String, Vec<u8>)> {
    let mut output = Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(false)
        // What the other modules import from this one.
        .keep_lld_exports(true)
        // Names as the compiler makes them, for what is dropped by name.
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    let inline = output
        .snippets()
        .iter()
        .filter(|(_, snippets)| !snippets.is_empty());
    let foreign: Vec<_> = inline
        .map(|(of, _)| of)
        .chain(output.local_modules().keys())
        .collect();
    ensure!(
        foreign.is_empty(),
        "a dependency of the app brings JavaScript of its own, which is not served: {foreign:?}"
    );
    let glue = output.js().to_owned();
    let module = output.wasm_mut();
    split::drop_exports(module, NEVER_USED);
    split::drop_never_called(module);
    split::drop_remarks(module);
    let glue = shorten(module, &without_streams(&glue)?);
    Ok((glue, module.emit_wasm()))
}

/// All that a chunk needs besides the main module, as one file: a line of names and lengths, then the
/// modules. Many small files pack worse than a large one: together they travel at two thirds of what
/// they do one by one.
fn bundle(modules: &BTreeMap<String, Vec<u8>>, names: &[String]) -> Vec<u8> {
    let modules: Vec<_> = names
        .iter()
        .filter_map(|name| modules.get_key_value(name))
        .collect();
    let head: Vec<_> = modules
        .iter()
        .map(|(name, module)| format!("{name} {}", module.len()))
        .collect();
    let mut bundle = head.join(",").into_bytes();
    bundle.push(b'\n');
    for (_, module) in modules {
        bundle.extend_from_slice(module);
    }
    bundle
}

/// What the script that loads the chunks has a chunk wait for, and the chunk's own module.
fn needed(links: &str, chunk: &str) -> Option<BTreeSet<String>> {
    let (_, load) = links.split_once(&format!("export const {LOADS}{chunk} = "))?;
    let (_, list) = load.split_once(", [")?;
    let (list, _) = list.split_once(']')?;
    let needed = list.split(", ").filter_map(|name| name.strip_prefix("__"));
    let own = format!("split_{chunk}");
    Some(needed.map(str::to_owned).chain([own]).collect())
}

/// How the functions are called that the wasm loads its chunks by, before the name of the chunk.
const LOADS: &str = "__wasm_split_load_";

/// Loads the bundle of a chunk, see [`bundle`], then the modules in it, the chunk's own once the others are
/// there. The first bundle that brings a module is the one that counts.
///
/// In the place of a function for each module, and of lists of what waits for what: the bundle has both.
const PIECES: &str = r#"
const modules = {};
const bundles = {};
const loads = {};
// Without the network the next one who asks tries again.
const once = (kept, key, begin) => kept[key] ??= begin().catch((error) => {
    delete kept[key];
    throw error;
});
const bundle = (path) => once(bundles, path, async () => {
    const answer = await fetch(new URL(path, import.meta.url));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const end = bytes.indexOf(10);
    let at = end + 1;
    return new TextDecoder().decode(bytes.subarray(0, end)).split(",").map((entry) => {
        const [name, length] = entry.split(" ");
        modules[name] ??= bytes.subarray(at, at + +length);
        at += +length;
        return name;
    });
});
const load = (name, needs) => once(loads, name, async () => {
    await Promise.all(needs.map((need) => load(need, [])));
    const wasm = new Response(modules[name], { headers: { "content-type": "application/wasm" } });
    return WebAssembly.instantiateStreaming(wasm, getSharedImports());
});
const chunk = (name, path) => wrapAsyncCb(async () => {
    const names = await bundle(path).catch(() => {
        throw new Error(`no bundle brings ${name}`);
    });
    await load(name, names.filter((other) => other !== name));
});
const named = document.getElementById("chunks");
if (named) bundle(named.getAttribute("href")).catch(() => {});
"#;

/// The one script of a page. Its parts are generated as modules that import each other, which would
/// cost a round trip more, and each would have to hold the hash of the other.
///
/// `bundles` names the bundle of each chunk.
fn script(
    glue: &str,
    links: &str,
    bundles: &BTreeMap<String, String>,
    wasm: &str,
) -> Result<String> {
    let changed = "the script that loads the chunks has changed its form";
    let from_glue = |line: &str| line.starts_with("import { initSync } from ");
    let (head, _) = links.split_once("function makeLoad(").context(changed)?;
    ensure!(
        links.lines().filter(|line| from_glue(line)).count() == 1
            && ["function wrapAsyncCb(", "function getSharedImports("]
                .iter()
                .all(|part| head.contains(part)),
        changed
    );
    let head: Vec<_> = head.lines().filter(|line| !from_glue(line)).collect();
    let loaders: Vec<_> = bundles
        .iter()
        .map(|(name, bundle)| format!("{LOADS}{name}: chunk(\"split_{name}\", \"/pkg/{bundle}\")"))
        .collect();
    // wasm-bindgen names the same module once for each loader that it needs.
    let named = format!("\"{LINKS}\": import");
    let mut glue: Vec<_> = glue
        .lines()
        .filter(|line| !line.starts_with("import * as import"))
        .collect();
    let first = glue.iter().position(|line| line.trim().starts_with(&named));
    let first = first.context("the wasm does not load its chunks")?;
    let links_here = format!("\"{LINKS}\": links,");
    glue.insert(first, &links_here);
    glue.retain(|line| !line.trim().starts_with(&named));
    let script = format!(
        "{}\n{PIECES}\n{}\nconst links = {{ {} }};\n\
         await __wbg_init({{ module_or_path: new URL(\"{wasm}\", import.meta.url) }});\n\
         hydrate();\n",
        glue.join("\n"),
        head.join("\n"),
        loaders.join(", ")
    );
    Ok(without_remarks(&script))
}

/// Drops what only people read: indentation, and the comments that wasm-bindgen writes, those that name
/// the parts of each piece, and those of scripts written by hand, each on lines of its own.
pub(crate) fn without_remarks(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut remark = false;
    for line in script.lines().map(str::trim) {
        remark |= line.starts_with("/*");
        if !remark && !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
        remark &= !line.ends_with("*/");
    }
    kept
}
