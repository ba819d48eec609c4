import * as z from "zod";
import { wireMediaUrl, wireName } from "./call-fields.ts";
import { wireUserId } from "./identifiers.ts";
import { newPasskeyInput } from "./passkey-calls.ts";
import { password, personProof } from "./person-proof.ts";

const registrationToken = z.string().min(8).max(128).optional();

export const isUsernameFreeInput = z.object({ localpart: z.string().min(1).max(64), registrationToken });
export const beginPasskeySignUpInput = isUsernameFreeInput.extend({ displayName: wireName });
export const registerInput = z.object({
	/** Lower case letters, digits and `._=-/+`; becomes `@localpart:server`. */
	localpart: z.string().min(1).max(64),
	displayName: wireName,
	/** How the person will sign in: a password, a passkey or the identity with which they came from the provider. */
	password: z.string().min(1).max(512).optional(),
	passkey: newPasskeyInput.optional(),
	withIdentity: z.literal(true).optional(),
	registrationToken,
});
export const registerOutput = z.object({
	userId: wireUserId,
	/** Signs the new person in once, within minutes, at next-auth's provider `ticket`. */
	signInTicket: z.string(),
});
export const registrationPolicyOutput = z.object({
	serverName: z.string(),
	registration: z.enum(["open", "token", "closed"]),
	/** True until the owner's account exists: the first account needs the one-time link. */
	needsOwner: z.boolean(),
	passwordMinLength: z.int(),
	/** Where the server is configured to be reached. */
	publicOrigin: z.string().optional(),
	/** What the identity provider is called, where there is one. */
	identityProviderName: z.string().optional(),
});
export const meOutput = z.object({
	userId: wireUserId,
	displayName: z.string(),
	avatarUrl: z.string().optional(),
	isOwner: z.boolean(),
	deviceId: z.string(),
	serverName: z.string(),
});
/** In the words of Matrix's own API: programs hand it on as it is. */
export const openIdTokenOutput = z.object({
	access_token: z.string(),
	token_type: z.literal("Bearer"),
	matrix_server_name: z.string(),
	/** Seconds. */
	expires_in: z.int(),
});
export const personOutput = z.object({
	userId: wireUserId,
	displayName: z.string(),
	avatarUrl: z.string().optional(),
});

const deviceId = z.string().min(1).max(64);

export const changePasswordInput = z.object({
	proof: personProof,
	newPassword: password,
	endsOtherSessions: z.boolean(),
});
export const changeDisplayNameInput = z.object({ displayName: wireName });
/** null: no picture. */
export const changeAvatarInput = z.object({ avatarUrl: wireMediaUrl.nullable() });
export const deviceOutput = z.object({
	deviceId,
	name: z.string(),
	signedInAt: z.number(),
	/** To the hour. */
	lastUsedAt: z.number(),
	/** The device that asks. */
	isThis: z.boolean(),
});
/** Without a proof for the device that asks. */
export const revokeDeviceInput = z.object({ deviceId, proof: personProof.optional() });
export const provenInput = z.object({ proof: personProof });
export const renameDeviceInput = z.object({ deviceId, name: z.string().trim().min(1).max(64) });
