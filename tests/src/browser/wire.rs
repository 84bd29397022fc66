//! What lies beneath a browser: its network, its scripts, its screen.

use serde_json::{Value, json};

use super::Browser;

impl Browser {
    /// Sends a command of the protocol for developers’ tools.
    fn tools(&self, command: &str, with: &Value) {
        self.ask("goog/cdp/execute", &json!({"cmd": command, "params": with}));
    }

    /// Cuts the network, or brings it back.
    pub fn network(&self, there: bool) {
        self.forgive("ERR_INTERNET_DISCONNECTED");
        self.tools("Network.enable", &json!({}));
        self.tools(
            "Network.emulateNetworkConditions",
            &json!({
                "offline": !there,
                "latency": 0,
                "downloadThroughput": -1,
                "uploadThroughput": -1,
            }),
        );
    }

    /// Gets nothing from addresses like this any more, such as `*/pkg/hand-*`.
    pub fn never_gets(&self, address: &str) {
        self.forgive("net::ERR_BLOCKED_BY_CLIENT");
        self.forgive("Failed to fetch");
        self.tools("Network.enable", &json!({}));
        self.tools("Network.setBlockedURLs", &json!({"urls": [address]}));
    }

    /// Pages run no script from now on.
    pub fn without_script(&self) {
        self.forgive("was preloaded using link preload but not used");
        self.tools(
            "Emulation.setScriptExecutionDisabled",
            &json!({"value": true}),
        );
    }

    /// Gives the browser a screen of this width, with scroll bars that take no room.
    pub fn width(&self, width: u32) {
        self.tools("Emulation.setScrollbarsHidden", &json!({"hidden": true}));
        self.tools(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": false}),
        );
    }
}
