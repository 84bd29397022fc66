//! A security stick made of software, for tests: keys, a count, and somebody who is there. What it signs is
//! made by `ring`, and what it says is put together here, not by what judges it.

use std::cell::Cell;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Somebody was there, and was known by finger or number; what follows names a key.
const THERE: u8 = 0x01;
const KNOWN: u8 = 0x04;
const NAMED: u8 = 0x40;

/// One key on it.
pub(crate) struct Stick {
    pair: EcdsaKeyPair,
    credential: Vec<u8>,
    /// Whose key it is, as the server said.
    pub(crate) owner: Vec<u8>,
    /// How often it signed; it says so.
    pub(crate) count: Cell<u32>,
    /// Whether it makes sure who is there.
    pub(crate) asks: Cell<bool>,
    /// Where the browser is.
    pub(crate) origin: String,
}

fn random() -> SystemRandom {
    SystemRandom::new()
}

fn encoded(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &Value) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD
        .decode(text.as_str().unwrap())
        .unwrap()
}

impl Stick {
    /// One with a new key that is nobody's yet.
    pub(crate) fn new(origin: &str) -> Self {
        let (how, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, random());
        let made = EcdsaKeyPair::generate_pkcs8(how, &random).unwrap();
        let mut credential = vec![0; 20];
        ring::rand::SecureRandom::fill(&random, &mut credential).unwrap();
        Self {
            pair: EcdsaKeyPair::from_pkcs8(how, made.as_ref(), &random).unwrap(),
            credential,
            owner: Vec::new(),
            count: Cell::new(0),
            asks: Cell::new(true),
            origin: origin.to_owned(),
        }
    }

    /// What a browser says of what was asked.
    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = &options["publicKey"]["challenge"];
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    /// What it says of itself: for whom it is, who was there, how often it signed.
    fn state(&self, party: &Value, flags: u8) -> Vec<u8> {
        self.count.set(self.count.get() + 1);
        let mut state = Sha256::digest(party.as_str().unwrap()).to_vec();
        state.push(flags | THERE | if self.asks.get() { KNOWN } else { 0 });
        state.extend(self.count.get().to_be_bytes());
        state
    }

    /// The public key, as CBOR has it (RFC 9052).
    fn public(&self) -> Vec<u8> {
        let point = self.pair.public_key().as_ref();
        let (x, y) = (&point[1..33], &point[33..]);
        let head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        [&head, x, &[0x22, 0x58, 0x20], y].concat()
    }

    /// Becomes a passkey; what comes back is what the browser answers.
    pub(crate) fn join(&mut self, options: &Value) -> String {
        let asked = &options["publicKey"];
        self.owner = decoded(&asked["user"]["id"]);
        let mut state = self.state(&asked["rp"]["id"], NAMED);
        state.extend([0; 16]);
        state.extend(u16::try_from(self.credential.len()).unwrap().to_be_bytes());
        state.extend(&self.credential);
        state.extend(self.public());
        let long = u16::try_from(state.len()).unwrap().to_be_bytes();
        let made: Vec<u8> = [
            b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".as_slice(),
            &long,
            &state,
        ]
        .concat();
        let client = self.client("webauthn.create", options);
        let id = encoded(&self.credential);
        json!({"id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {"attestationObject": encoded(&made), "clientDataJSON": encoded(&client)}})
        .to_string()
    }

    /// Signs; what comes back is what the browser answers.
    pub(crate) fn sign(&self, options: &Value) -> String {
        let state = self.state(&options["publicKey"]["rpId"], 0);
        let client = self.client("webauthn.get", options);
        let signed = [state.as_slice(), &Sha256::digest(&client)].concat();
        let signature = self.pair.sign(&random(), &signed).unwrap();
        let id = encoded(&self.credential);
        json!({"id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {"authenticatorData": encoded(&state), "clientDataJSON": encoded(&client),
                "signature": encoded(signature.as_ref()), "userHandle": encoded(&self.owner)}})
        .to_string()
    }
}
