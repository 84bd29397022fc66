//! Rows of fields: the stories that are split off, the conditions of a vote. A row of which nothing is
//! said is none.

use serde_json::{Map, Value};

use super::{super::split::MOST as MOST_PARTS, BadForm, Fields, missing, scalar, taken};
use crate::{
    id::{free_slug, slug},
    model::Launch,
};

impl Fields {
    /// The stories that are split off, with ids made of their titles. A part of which nothing is
    /// said is none.
    pub(super) fn parts(&self, launch: &Launch) -> Result<Value, BadForm> {
        const KIND: &str = "split_story";
        let mut parts: Vec<Map<String, Value>> = Vec::new();
        let (mut taken_now, mut is_open, mut rows) = (Vec::new(), false, 0_usize);
        for (name, text) in &self.0 {
            // More are refused anyway; making ids for thousands would take its time.
            if parts.len() > MOST_PARTS {
                break;
            }
            let text = text.trim();
            let row = rows.saturating_sub(1);
            match name.as_str() {
                "part_title" => {
                    rows += 1;
                    is_open = !text.is_empty();
                    if is_open {
                        let title = scalar(KIND, name, text).map_err(|bad| bad.in_row(rows - 1))?;
                        let short: String = text.chars().take(48).collect();
                        let id = free_slug(&short, |s| {
                            taken(launch, "add_story", s) || taken_now.contains(&slug(s))
                        });
                        taken_now.push(id.clone());
                        let part = [("id", id.into()), ("title", title)];
                        parts.push(
                            part.map(|(name, value)| (name.to_owned(), value))
                                .into_iter()
                                .collect(),
                        );
                    }
                }
                "part_points" if !text.is_empty() => {
                    let points = scalar(KIND, name, text).map_err(|bad| bad.in_row(row))?;
                    let part = parts.last_mut().filter(|_| is_open);
                    let part = part.ok_or_else(|| missing(KIND, "part_title").in_row(row))?;
                    part.insert("points".to_owned(), points);
                }
                _ => {}
            }
        }
        if parts.is_empty() {
            return Err(missing(KIND, "part_title"));
        }
        Ok(parts.into_iter().map(Value::Object).collect())
    }
}

#[cfg(feature = "drawn")]
impl Fields {
    /// The conditions of a vote, each from a text, an owner and a day in this order. One of which
    /// nothing is said is none.
    pub(super) fn conditions(&self) -> Result<Value, BadForm> {
        const KIND: &str = "cast_vote";
        const FIELDS: [(&str, &str); 3] = [
            ("condition", "text"),
            ("condition_owner", "owner"),
            ("condition_due", "due"),
        ];
        let mut conditions: Vec<(usize, Map<String, Value>)> = Vec::new();
        for (name, text) in &self.0 {
            let Some((field, as_field)) = FIELDS.iter().find(|(field, _)| field == name) else {
                continue;
            };
            if *as_field == "text" {
                conditions.push((conditions.len(), Map::new()));
            }
            let text = text.trim();
            if let (Some((row, condition)), false) = (conditions.last_mut(), text.is_empty()) {
                let value = scalar(KIND, field, text).map_err(|bad| bad.in_row(*row))?;
                condition.insert((*as_field).to_owned(), value);
            }
        }
        // Somebody is always chosen, so an owner alone says nothing.
        conditions.retain(|(_, c)| c.contains_key("text") || c.contains_key("due"));
        for (row, condition) in &conditions {
            let lacks = |(_, field): &&(&str, &str)| !condition.contains_key(*field);
            if let Some((field, _)) = FIELDS.iter().find(lacks) {
                return Err(missing(KIND, field).in_row(*row));
            }
        }
        let conditions = conditions.into_iter();
        Ok(conditions.map(|(_, c)| Value::Object(c)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{super::Command, tests::fields},
        *,
    };
    use crate::{Locale, id::PersonId};

    #[test]
    fn a_split_reads_its_parts_in_pairs_and_passes_over_empty_ones() {
        let form = |points: &str, title: &str| {
            fields(&[
                ("kind", "split_story"),
                ("story", "big"),
                ("title", "Less"),
                ("points", "3"),
                ("part_title", "More"),
                ("part_points", "5"),
                ("part_title", title),
                ("part_points", points),
            ])
            .command(&Launch::default())
        };
        let Ok(Command::SplitStory { points, parts, .. }) = form("", " ") else {
            panic!("no split")
        };
        let ids: Vec<_> = parts.iter().map(|p| (p.id.as_str(), p.points)).collect();
        assert_eq!((points, ids), (Some(3), vec![("more", Some(5))]));
        let Ok(Command::SplitStory { parts, .. }) = form("", "More") else {
            panic!("no split")
        };
        assert_eq!((parts[1].id.as_str(), parts[1].points), ("more-2", None));
        let many = vec![("part_title", "More"); 50_000];
        let named = [("kind", "split_story"), ("story", "big"), ("title", "Less")];
        let command = fields(&[&named[..], &many].concat()).command(&Launch::default());
        let Ok(Command::SplitStory { parts, .. }) = command else {
            panic!("no split")
        };
        assert_eq!(parts.len(), MOST_PARTS + 1, "enough to be refused");
        let untitled = form("2", "").unwrap_err().text(Locale::En);
        assert!(
            untitled.starts_with("Row 2, Title is missing"),
            "{untitled}"
        );
        let odd = form("two", "More").unwrap_err().text(Locale::En);
        assert!(odd.contains("a whole number from 0 to 1000"), "{odd}");
    }

    #[test]
    fn a_vote_reads_its_conditions_three_fields_at_a_time() {
        let lena = PersonId::from_number(1).to_string();
        let form = |last: [&str; 2]| {
            fields(&[
                ("kind", "cast_vote"),
                ("discipline", "sales"),
                ("call", "go_with_conditions"),
                ("condition", "Third shift"),
                ("condition_owner", &lena),
                ("condition_due", "2026-05-11"),
                ("condition", last[0]),
                ("condition_owner", &lena),
                ("condition_due", last[1]),
            ])
            .command(&Launch::default())
        };
        let Ok(Command::CastVote(ballot)) = form(["", ""]) else {
            panic!("no vote")
        };
        let texts: Vec<_> = ballot.conditions.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(texts, ["Third shift"]);
        let undated = form(["Terms", ""]).unwrap_err().text(Locale::En);
        assert!(undated.starts_with("Row 2, Due is missing"), "{undated}");
        let untold = form(["", "2026-05-11"]).unwrap_err().text(Locale::De);
        assert!(untold.starts_with("Zeile 2, Auflage fehlt"), "{untold}");
    }
}
