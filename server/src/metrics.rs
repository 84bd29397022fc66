//! What the server counts, for Prometheus: in a registry of its own, so that two servers in one
//! process (tests) do not count each other's requests.

use std::time::Duration;

use prometheus::{
    Encoder as _, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge,
    Opts, Registry, TextEncoder,
};

/// Bounds in seconds, from a page out of memory to the time-out.
const SECONDS: [f64; 12] = [
    0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0,
];

/// All counters of a server.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
    /// Requests that were turned away because too many were under way.
    pub(crate) shed: IntCounter,
    /// Events stored.
    events: IntCounter,
    /// Commands answered together.
    batches: Histogram,
    /// Appends that another process or writer came before.
    pub(crate) conflicts: IntCounter,
    /// Live streams that are open.
    pub(crate) streams: IntGauge,
    /// Launches in memory.
    pub(crate) live: IntGauge,
    /// Launches that had to be folded before they could be read.
    pub(crate) folded: IntCounter,
}

impl Metrics {
    /// Counters at zero.
    ///
    /// # Errors
    /// When two of them had the same name, which is excluded by the test below.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let opts = |name: &str, help: &str| Opts::new(format!("startklar_{name}"), help);
        let metrics = Self {
            requests: IntCounterVec::new(
                opts("http_requests_total", "Requests answered."),
                &["method", "route", "status"],
            )?,
            durations: HistogramVec::new(
                HistogramOpts::from(opts(
                    "http_request_seconds",
                    "Time to the head of the answer.",
                ))
                .buckets(SECONDS.to_vec()),
                &["route"],
            )?,
            shed: IntCounter::with_opts(opts(
                "http_shed_total",
                "Requests turned away: too many.",
            ))?,
            events: IntCounter::with_opts(opts("events_total", "Events stored."))?,
            batches: Histogram::with_opts(
                HistogramOpts::from(opts("batch_commands", "Commands answered together."))
                    .buckets(vec![1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0]),
            )?,
            conflicts: IntCounter::with_opts(opts(
                "append_conflicts_total",
                "Appends that somebody else came before; decided anew.",
            ))?,
            streams: IntGauge::with_opts(opts("streams", "Live streams open."))?,
            live: IntGauge::with_opts(opts("launches_in_memory", "Launches folded in memory."))?,
            folded: IntCounter::with_opts(opts(
                "folds_total",
                "Launches folded from the journal.",
            ))?,
            registry: registry.clone(),
        };
        registry.register(Box::new(metrics.requests.clone()))?;
        registry.register(Box::new(metrics.durations.clone()))?;
        registry.register(Box::new(metrics.batches.clone()))?;
        for counter in [
            &metrics.shed,
            &metrics.events,
            &metrics.conflicts,
            &metrics.folded,
        ] {
            registry.register(Box::new(counter.clone()))?;
        }
        for gauge in [&metrics.streams, &metrics.live] {
            registry.register(Box::new(gauge.clone()))?;
        }
        Ok(metrics)
    }

    /// Counts a request by its route, such as `/l/{id}`, never by its address.
    pub(crate) fn request(&self, method: &str, route: &str, status: u16, took: Duration) {
        let status = status.to_string();
        self.requests
            .with_label_values(&[method, route, status.as_str()])
            .inc();
        self.durations
            .with_label_values(&[route])
            .observe(took.as_secs_f64());
    }

    /// Counts what one batch of a launch stored and answered.
    pub(crate) fn appended(&self, events: usize, commands: usize) {
        self.events.inc_by(events as u64);
        if commands > 0 {
            #[allow(
                clippy::cast_precision_loss,
                reason = "a batch has some hundred at most"
            )]
            self.batches.observe(commands as f64);
        }
    }

    /// Everything in Prometheus' text format.
    ///
    /// # Errors
    /// When a metric cannot be written.
    pub(crate) fn text(&self) -> Result<String, prometheus::Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    #[test]
    fn every_counter_has_a_name_of_its_own() {
        let metrics = Metrics::new().unwrap();
        metrics.request("GET", "/l/{id}", 200, Duration::from_millis(3));
        metrics.appended(2, 1);
        let text = metrics.text().unwrap_or_default();
        assert!(text.contains(
            r#"startklar_http_requests_total{method="GET",route="/l/{id}",status="200"} 1"#
        ));
        assert!(text.contains("startklar_events_total 2"), "{text}");
    }
}
