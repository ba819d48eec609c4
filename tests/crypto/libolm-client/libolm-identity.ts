import Olm from "@matrix-org/olm";
import type { IdentitySeeds } from "../crypto-client.ts";
import { type SignedObject, signedText, withSignature } from "./canonical-text.ts";
import { decodeUnpadded, encodeUnpadded } from "./unpadded.ts";

const openKey = (userId: string, seedText: string | undefined) => {
	const signing = new Olm.PkSigning();
	const seed = seedText === undefined ? signing.generate_seed() : decodeUnpadded(seedText);
	const name = signing.init_with_seed(seed);
	return {
		...{ name, seed: encodeUnpadded(seed) },
		sign: <Signed extends SignedObject>(json: Signed): Signed =>
			withSignature(json, { signer: userId, keyId: `ed25519:${name}`, signature: signing.sign(signedText(json)) }),
		keyFor: (usage: string) => ({ user_id: userId, usage: [usage], keys: { [`ed25519:${name}`]: name } }),
	};
};

/** The three cross-signing keys of a person, new or from their seeds. */
export const openLibolmIdentity = (userId: string, seeds?: IdentitySeeds) => {
	const master = openKey(userId, seeds?.master);
	const selfSigning = openKey(userId, seeds?.selfSigning);
	const userSigning = openKey(userId, seeds?.userSigning);
	return {
		...{ master, selfSigning, userSigning },
		seeds: { master: master.seed, selfSigning: selfSigning.seed, userSigning: userSigning.seed },
		/** The body of `POST /keys/device_signing/upload`. */
		upload: {
			master_key: master.keyFor("master"),
			self_signing_key: master.sign(selfSigning.keyFor("self_signing")),
			user_signing_key: master.sign(userSigning.keyFor("user_signing")),
		},
	};
};

export type LibolmIdentity = ReturnType<typeof openLibolmIdentity>;
