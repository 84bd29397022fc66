//! The browser half, made and packed by the build script, to be embedded. A package of its own, which only
//! the program needs: so it is made while the server is compiled, and begun before it.

use startklar_app::assets;

/// The browser half.
pub static EMBEDDED: assets::Embedded = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
