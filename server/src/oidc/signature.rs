//! Verifying what a provider signed, by the cryptography that the connections use as well. Nothing
//! is signed here.

use jsonwebtoken::{
    Algorithm, DecodingKey, DecodingKeyKind, EncodingKey,
    crypto::{CryptoProvider, JwkUtils, JwtSigner, JwtVerifier},
    errors::{Error, ErrorKind},
    signature,
};
use ring::signature as ring;

static BY_RING: CryptoProvider = CryptoProvider {
    signer_factory: no_signer,
    verifier_factory: verifier,
    jwk_utils: JwkUtils::new_unimplemented(),
};

/// Has tokens verified by this. Done again it changes nothing.
pub(super) fn install() {
    // Refused when it is done already.
    let _ = BY_RING.install_default();
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape that the crate asks for"
)]
fn no_signer(_: &Algorithm, _: &EncodingKey) -> Result<Box<dyn JwtSigner>, Error> {
    Err(ErrorKind::InvalidAlgorithm.into())
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape that the crate asks for"
)]
fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, Error> {
    Ok(Box::new(Verifier {
        algorithm: *algorithm,
        by: by(*algorithm).ok_or(ErrorKind::InvalidAlgorithm)?,
        key: key.clone(),
    }))
}

/// How an algorithm verifies.
#[derive(Clone, Copy)]
enum By {
    Rsa(&'static ring::RsaParameters),
    Curve(&'static dyn ring::VerificationAlgorithm),
}

fn by(algorithm: Algorithm) -> Option<By> {
    Some(match algorithm {
        Algorithm::RS256 => By::Rsa(&ring::RSA_PKCS1_2048_8192_SHA256),
        Algorithm::RS384 => By::Rsa(&ring::RSA_PKCS1_2048_8192_SHA384),
        Algorithm::RS512 => By::Rsa(&ring::RSA_PKCS1_2048_8192_SHA512),
        Algorithm::PS256 => By::Rsa(&ring::RSA_PSS_2048_8192_SHA256),
        Algorithm::PS384 => By::Rsa(&ring::RSA_PSS_2048_8192_SHA384),
        Algorithm::PS512 => By::Rsa(&ring::RSA_PSS_2048_8192_SHA512),
        Algorithm::ES256 => By::Curve(&ring::ECDSA_P256_SHA256_FIXED),
        Algorithm::ES384 => By::Curve(&ring::ECDSA_P384_SHA384_FIXED),
        Algorithm::EdDSA => By::Curve(&ring::ED25519),
        _ => return None,
    })
}

struct Verifier {
    algorithm: Algorithm,
    by: By,
    key: DecodingKey,
}

impl signature::Verifier<Vec<u8>> for Verifier {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        let verified = match (self.by, self.key.kind()) {
            (By::Rsa(by), DecodingKeyKind::RsaModulusExponent { n, e }) => {
                ring::RsaPublicKeyComponents { n, e }.verify(by, message, signature)
            }
            (By::Curve(by), DecodingKeyKind::SecretOrDer(key)) => {
                ring::UnparsedPublicKey::new(by, key).verify(message, signature)
            }
            _ => return Err(signature::Error::new()),
        };
        verified.map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for Verifier {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}
