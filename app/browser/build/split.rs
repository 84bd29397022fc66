//! Cuts the wasm at the seams that the app declares, so that a page loads only what it needs, and
//! drops what is never called.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, anyhow};
use walrus::{FunctionBuilder, FunctionKind, Module, ModuleConfig, passes};

use crate::place::Place;

/// How the modules name the script that loads the chunks.
pub(crate) const LINKS: &str = "./links.js";

/// How the names of functions that are never called end, before their hash.
///
/// The app takes over a page at once, never bit by bit as its parts arrive. What would do that is
/// named in the table of every view, so that the linker keeps it: a twelfth of the whole. These are
/// the state machines, which are like no other function: what is, the compiler may have merged with
/// a function of another name.
const NEVER_CALLED: &str = "13hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$17h";

/// The module, cut.
pub(crate) struct Cut {
    /// What every page needs, for wasm-bindgen.
    pub(crate) main: PathBuf,
    /// What some pages need: names without extension, modules.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// For each chunk of the app the files of it.
    pub(crate) chunks: BTreeMap<String, Vec<String>>,
    /// The JavaScript that loads them.
    pub(crate) links: String,
}

/// Cuts the module.
pub(crate) fn cut(place: &Place, module: &Path) -> Result<Cut> {
    let folder = place.scratch("split")?;
    let main = folder.join("main.wasm");
    let input = fs::read(module)?;
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.link_name = LINKS;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("the wasm cannot be cut: {error:#}"))?;
    let mut files = BTreeMap::new();
    for file in split.split_modules {
        let name = file.file_stem().context("a chunk without a name")?;
        let module = shrink(&fs::read(&file)?)?;
        files.insert(name.to_string_lossy().into_owned(), module);
    }
    Ok(Cut {
        main,
        files,
        chunks: split.prefetch_map.into_iter().collect(),
        links: fs::read_to_string(folder.join(LINKS))?,
    })
}

/// Drops what a browser does not need: names, and what is never called.
fn shrink(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut config = ModuleConfig::new();
    config
        .generate_name_section(false)
        .generate_producers_section(false);
    let mut module = config.parse(wasm)?;
    drop_never_called(&mut module);
    Ok(module.emit_wasm())
}

/// Takes back the exports that begin like this, so that what only they need can be dropped.
pub(crate) fn drop_exports(module: &mut Module, beginning: &str) {
    let exports: Vec<_> = module
        .exports
        .iter()
        .filter(|export| {
            let name = export.name.trim_start_matches("__wbg_");
            name.starts_with(beginning)
        })
        .map(walrus::Export::id)
        .collect();
    for export in exports {
        module.exports.delete(export);
    }
}

/// Drops the sections that only tools read.
pub(crate) fn drop_remarks(module: &mut Module) {
    let remarks: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    for remark in remarks {
        module.customs.delete(remark);
    }
}

/// Empties the functions that are never called, and drops what only they needed. Should one be
/// called after all, it stops the page's script with an error, which fails every journey.
pub(crate) fn drop_never_called(module: &mut Module) {
    let never: Vec<_> = module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|id| {
            let name = module.funcs.get(*id).name.as_deref();
            name.is_some_and(|name| name.contains(NEVER_CALLED))
        })
        .collect();
    for id in never {
        let (params, results) = module.types.params_results(module.funcs.get(id).ty());
        let (params, results) = (params.to_vec(), results.to_vec());
        let mut empty = FunctionBuilder::new(&mut module.types, &params, &results);
        empty.func_body().unreachable();
        let params = params.iter().map(|ty| module.locals.add(*ty)).collect();
        module.funcs.get_mut(id).kind = FunctionKind::Local(empty.local_func(params));
    }
    passes::gc::run(module);
}
