//! The store's contract: one set of behaviours that both databases have to show.
//!
//! The last two modules hold what only one of them promises.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panic"
)]

mod accounts;
mod appending;
mod backup;
mod chain;
mod crowd;
mod database;
mod factors;
mod files;
mod follows;
mod identities;
mod mail;
mod model;
mod news;
mod only_postgres;
mod only_sqlite;
mod passkeys;
mod people;
mod snapshots;

/// Makes a test for each behaviour and database.
macro_rules! on_both {
    ($($module:ident: $($behaviour:ident),+;)+) => {
        mod sqlite { $($(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $behaviour() {
                crate::$module::$behaviour(crate::database::Database::sqlite()).await;
            }
        )+)+ }
        mod postgres { $($(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $behaviour() {
                crate::$module::$behaviour(crate::database::Database::postgres()).await;
            }
        )+)+ }
    };
}

on_both! {
    appending:
        a_new_store_is_empty,
        what_is_appended_is_read_byte_for_byte,
        reading_starts_after_a_number_and_stops_at_a_limit,
        an_append_at_the_wrong_end_is_refused,
        a_command_sent_twice_is_stored_once,
        what_no_stream_can_hold_is_refused,
        a_refused_append_does_not_hurt_its_neighbours,
        heads_are_sorted_by_bytes,
        everything_survives_reopening,
        a_discarded_stream_is_gone,
        a_closed_store_refuses;
    news:
        every_append_is_told_once_and_in_order,
        refused_and_repeated_appends_are_not_told,
        discards_and_people_are_told,
        a_subscriber_that_lags_reads_on_from_the_journal;
    snapshots:
        the_latest_snapshot_is_found,
        snapshots_go_when_told_and_with_their_stream,
        a_snapshot_needs_its_record;
    people:
        people_are_kept_and_renamed,
        a_handle_belongs_to_one_person,
        an_erased_person_is_gone;
    accounts:
        accounts_are_kept_and_changed,
        a_login_belongs_to_one_person_who_is_known,
        a_secret_is_found_by_its_hash_until_it_is_taken,
        secrets_go_by_kind_by_age_and_with_their_person,
        a_backup_holds_accounts_and_nothing_to_sign_in_with;
    identities:
        an_identity_is_of_one_account_and_goes_with_it,
        identities_come_back_with_accounts_that_are_new;
    factors:
        a_factor_is_on_once_it_was_confirmed,
        a_code_is_accepted_by_one_and_never_again,
        a_factor_that_was_taken_away_is_known_to_be,
        a_backup_holds_no_second_factor;
    passkeys:
        a_passkey_is_of_one_account_and_goes_with_it,
        of_many_who_use_one_state_of_a_passkey_one_is_right,
        a_passkey_is_named_and_taken_by_its_owner_alone,
        a_backup_holds_no_passkey;
    follows:
        an_item_is_followed_until_it_is_no_more,
        whoever_is_erased_follows_nothing,
        a_backup_holds_nothing_that_is_followed;
    mail:
        wishes_are_kept_and_changed,
        an_address_is_confirmed_as_long_as_it_stays,
        an_address_that_is_known_stays_until_the_next_is_confirmed,
        a_kind_of_mail_is_ended_and_nothing_else_changes,
        a_mail_is_put_in_once_and_survives,
        a_mail_is_claimed_by_one,
        what_is_not_wished_for_is_not_due,
        what_is_stuck_is_told_and_old_mail_goes,
        a_backup_holds_no_mail;
    files:
        a_file_is_given_back_as_it_came,
        a_file_put_in_again_stays_and_was_put_in_now,
        files_go_with_their_stream,
        files_come_back_by_every_way,
        a_file_that_is_another_is_not_restored;
    backup:
        a_backup_brings_everything_back,
        a_backup_is_taken_while_others_write,
        a_backup_does_not_overwrite,
        lines_of_json_bring_everything_back,
        lines_that_are_not_whole_are_refused,
        a_copy_goes_from_either_database_to_the_other;
    chain:
        the_same_history_has_the_same_links,
        every_append_goes_on_from_the_last_link,
        a_database_from_before_is_linked_when_it_is_opened,
        linking_goes_on_where_it_was_cut_off,
        erasing_a_person_leaves_every_link,
        a_discarded_stream_begins_a_new_chain,
        whatever_was_changed_is_named,
        a_payload_that_is_none_is_named,
        lines_whose_links_do_not_fit_are_refused,
        lines_from_before_there_were_links_are_taken;
    crowd:
        many_writers_of_one_stream_lose_nothing,
        many_writers_of_many_streams_lose_nothing,
        many_senders_of_one_command_store_it_once;
    model:
        it_behaves_like_a_simple_model;
}
