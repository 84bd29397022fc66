//! The use cases on a throwaway store: concurrency, repetition, conflict, the past.
