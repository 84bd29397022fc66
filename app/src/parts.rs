//! Parts that several pages share.

pub(crate) mod ask;
pub(crate) mod bar;
pub(crate) mod bits;
pub(crate) mod dates;
pub(crate) mod epic;
pub(crate) mod facts;
pub(crate) mod fields;
pub(crate) mod fresh;
pub(crate) mod item;
pub(crate) mod keys;
pub(crate) mod log;
pub(crate) mod notice;
pub(crate) mod palette;
pub(crate) mod right;
pub(crate) mod sentence;
pub(crate) mod state;
pub(crate) mod symbols;
pub(crate) mod text_area;
pub(crate) mod when;
