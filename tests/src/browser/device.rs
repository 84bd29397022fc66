//! A device that holds passkeys, as the driver imitates one when it is asked to.

use serde_json::json;

use super::Browser;

/// A device of a browser.
#[derive(Debug)]
pub struct Device<'a> {
    browser: &'a Browser,
    id: String,
}

impl Browser {
    /// Gives the browser a device that keeps passkeys and makes sure at once that it is its owner who
    /// asks.
    pub fn device(&self) -> Device<'_> {
        let device = self.ask(
            "webauthn/authenticator",
            &json!({
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": true,
                "hasUserVerification": true,
                "isUserVerified": true,
                "isUserConsenting": true,
            }),
        );
        Device {
            browser: self,
            id: device.as_str().expect("the device has an id").to_owned(),
        }
    }
}

impl Device<'_> {
    /// From now on whoever asks is its owner, or is not.
    pub fn knows(&self, owner: bool) {
        let path = format!("webauthn/authenticator/{}/uv", self.id);
        self.browser.ask(&path, &json!({"isUserVerified": owner}));
    }
}
