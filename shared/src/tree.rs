//! Reads a value from a tree of JSON.
//!
//! `serde_json` can do that as well. Its reader accepts every struct as a list of its fields too, and
//! its errors can print every float; compiled for each type of this library, that is a tenth of what
//! a browser loads. This one reads structs from objects only, which is how they are written.

use std::{fmt::Display, marker::PhantomData, vec};

use serde::{
    de::{self, DeserializeOwned, DeserializeSeed, Expected, Unexpected, Visitor},
    forward_to_deserialize_any,
};
use serde_json::{Map, Value};

/// Why a tree is not what was wanted: one sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Misfit {
    text: String,
}

impl Misfit {
    fn new(text: String) -> Self {
        Self { text }
    }
}

/// Reads a value.
///
/// # Errors
/// [`Misfit`] when the tree is of another form, or holds what the type refuses.
///
/// ```
/// use startklar::{Discipline, tree};
/// let read: Vec<Discipline> = tree::read(serde_json::json!(["sales", "legal"]))?;
/// assert_eq!(read, [Discipline::Sales, Discipline::Legal]);
/// assert!(tree::read::<Discipline>(serde_json::json!(7)).is_err());
/// # Ok::<(), tree::Misfit>(())
/// ```
pub fn read<T: DeserializeOwned>(tree: Value) -> Result<T, Misfit> {
    T::deserialize(Tree::<Misfit>::of(tree))
}

/// Reads a value that another half of this product wrote.
///
/// It cannot fail by an error, and so nothing of what would take half-read values apart is compiled:
/// half of all that a browser loads to read with.
///
/// # Panics
/// When the tree is of another form: then it was not this version that wrote it.
///
/// ```
/// use startklar::{Discipline, tree};
/// let read: Vec<Discipline> = tree::trust(serde_json::json!(["sales", "legal"]));
/// assert_eq!(read, [Discipline::Sales, Discipline::Legal]);
/// ```
pub fn trust<T: DeserializeOwned>(tree: Value) -> T {
    let Ok(value) = T::deserialize(Tree::<Never>::of(tree));
    value
}

impl de::Error for Misfit {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::new(format!("expected {wanted}"))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("missing field `{field}`"))
    }

    fn invalid_value(_: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::new(format!("expected {wanted}"))
    }
}

/// The error of what cannot fail: there is no value of it.
#[derive(Debug)]
enum Never {}

impl Display for Never {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

#[cold]
#[allow(
    clippy::panic,
    reason = "only what this product wrote is trusted, and a page that cannot be read is better not begun"
)]
fn give_up() -> ! {
    panic!("another version wrote this")
}

// Every one of them, so that no text of an error is compiled.
impl de::Error for Never {
    fn custom<T: Display>(_: T) -> Self {
        give_up()
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        give_up()
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        give_up()
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        give_up()
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        give_up()
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        give_up()
    }

    fn missing_field(_: &'static str) -> Self {
        give_up()
    }

    fn duplicate_field(_: &'static str) -> Self {
        give_up()
    }
}

/// A tree, read with errors or without.
struct Tree<E> {
    value: Value,
    error: PhantomData<E>,
}

impl<E> Tree<E> {
    fn of(value: Value) -> Self {
        let error = PhantomData;
        Self { value, error }
    }
}

fn misfit<T, E: de::Error>(wanted: &dyn Expected) -> Result<T, E> {
    Err(E::invalid_type(Unexpected::Unit, wanted))
}

impl<'de, E: de::Error> de::Deserializer<'de> for Tree<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(_) => self.deserialize_i64(visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(list) => visitor.visit_seq(List::of(list)),
            Value::Object(fields) => visitor.visit_map(Pairs::of(fields)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        let Value::Number(number) = &self.value else {
            return misfit(&visitor);
        };
        match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), ..) => visitor.visit_u64(number),
            (_, Some(number), _) => visitor.visit_i64(number),
            (.., number) => visitor.visit_f64(number.unwrap_or(f64::NAN)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::Bool(value) => visitor.visit_bool(value),
            _ => misfit(&visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::String(text) => visitor.visit_string(text),
            _ => misfit(&visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::Array(list) => visitor.visit_seq(List::of(list)),
            _ => misfit(&visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::Object(fields) => visitor.visit_map(Pairs::of(fields)),
            _ => misfit(&visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.value {
            Value::String(name) => visitor.visit_enum(Variant {
                name,
                content: None,
            }),
            Value::Object(fields) if fields.len() == 1 => match fields.into_iter().next() {
                Some((name, content)) => visitor.visit_enum(Variant {
                    name,
                    content: Some(Self::of(content)),
                }),
                None => misfit(&visitor),
            },
            _ => misfit(&visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        self.deserialize_map(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, E> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, E> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_string(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_unit()
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_i64(visitor)
    }

    forward_to_deserialize_any! { i128 u128 f32 char bytes byte_buf unit unit_struct }
}

struct List<E> {
    rest: vec::IntoIter<Value>,
    error: PhantomData<E>,
}

impl<E> List<E> {
    fn of(list: Vec<Value>) -> Self {
        Self {
            rest: list.into_iter(),
            error: PhantomData,
        }
    }
}

impl<'de, E: de::Error> de::SeqAccess<'de> for List<E> {
    type Error = E;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, E> {
        match self.rest.next() {
            Some(value) => seed.deserialize(Tree::of(value)).map(Some),
            None => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Pairs<E> {
    rest: serde_json::map::IntoIter,
    value: Value,
    error: PhantomData<E>,
}

impl<E> Pairs<E> {
    fn of(fields: Map<String, Value>) -> Self {
        Self {
            rest: fields.into_iter(),
            value: Value::Null,
            error: PhantomData,
        }
    }
}

impl<'de, E: de::Error> de::MapAccess<'de> for Pairs<E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        match self.rest.next() {
            Some((name, value)) => {
                self.value = value;
                seed.deserialize(Tree::of(Value::String(name))).map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, E> {
        seed.deserialize(Tree::of(self.value.take()))
    }
}

struct Variant<E> {
    name: String,
    content: Option<Tree<E>>,
}

impl<E> Variant<E> {
    fn content(self) -> Tree<E> {
        self.content.unwrap_or(Tree::of(Value::Null))
    }
}

impl<'de, E: de::Error> de::EnumAccess<'de> for Variant<E> {
    type Error = E;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(mut self, seed: V) -> Result<(V::Value, Self), E> {
        let name = std::mem::take(&mut self.name);
        Ok((seed.deserialize(Tree::of(Value::String(name)))?, self))
    }
}

impl<'de, E: de::Error> de::VariantAccess<'de> for Variant<E> {
    type Error = E;

    fn unit_variant(self) -> Result<(), E> {
        match self.content {
            None
            | Some(Tree {
                value: Value::Null, ..
            }) => Ok(()),
            Some(_) => Err(E::custom("expected nothing but a name")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, E> {
        seed.deserialize(self.content())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, E> {
        de::Deserializer::deserialize_seq(self.content(), visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        de::Deserializer::deserialize_map(self.content(), visitor)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Launch, Recorded};

    /// One line for every kind of event.
    const JOURNAL: &str = include_str!("../tests/golden/journal.v1.jsonl");

    #[test]
    fn it_reads_what_serde_json_reads() {
        let mut journal = Vec::new();
        for line in JOURNAL.lines() {
            let record: Recorded = serde_json::from_str(line).expect("a line is a record");
            let tree = serde_json::from_str(line).expect("a line is JSON");
            let tree: Value = tree;
            assert_eq!(read(tree.clone()), Ok(record.clone()));
            assert_eq!(trust::<Recorded>(tree), record);
            journal.push(record);
        }
        let launch = Launch::fold(&journal);
        let tree = serde_json::to_value(&launch).expect("a launch has a JSON form");
        assert_eq!(read(tree.clone()), Ok(launch.clone()));
        assert_eq!(trust::<Launch>(tree), launch);
    }

    #[test]
    fn a_misfit_says_what_was_wanted() {
        let error = read::<Vec<u8>>(json!({"a": 1})).expect_err("an object is no list");
        assert!(error.to_string().starts_with("expected "), "{error}");
        let error = read::<u8>(json!(300)).expect_err("it does not fit");
        assert!(error.to_string().starts_with("expected "), "{error}");
    }

    #[test]
    #[should_panic(expected = "another version wrote this")]
    fn what_is_trusted_and_of_another_form_stops_the_reading() {
        let _: Vec<u8> = trust(json!({"a": 1}));
    }
}
