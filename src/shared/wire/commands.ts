import * as z from "zod";
import { chartNames } from "../commands/command-table.ts";
import { deviceOutput } from "./account-calls.ts";
import { wireAdminPerson, wireAdminRoom, wireAdminToken } from "./admin-calls.ts";
import { wireDestination, wireServerRule } from "./federation-calls.ts";
import { wireUserId } from "./identifiers.ts";
import { wireReport } from "./safety-calls.ts";

/** A username, or a whole id. */
const person = z.string().trim().min(1).max(255);
/** A room's id, or one of its addresses. */
const room = z.string().trim().min(2).max(255);
const server = z.string().trim().min(1).max(300);
const search = z.string().trim().max(255).optional();
const note = z.string().trim().max(200).optional();
const inviteId = z
	.string()
	.length(16)
	.regex(/^[0-9a-f]+$/);
const reportId = z.string().max(20).regex(/^\d+$/);
const bare = <Name extends string>(name: Name) => z.strictObject({ name: z.literal(name) });
const ofPerson = <Name extends string>(name: Name) => z.strictObject({ name: z.literal(name), person });
const ofRoom = <Name extends string>(name: Name) => z.strictObject({ name: z.literal(name), room });
const ofServer = <Name extends string>(name: Name) => z.strictObject({ name: z.literal(name), server });

/** What the server is asked in a chat with it, as src/shared/commands reads it from a line. */
export const wireCommand = z.discriminatedUnion("name", [
	z.strictObject({ name: z.literal("people-list"), text: search }),
	ofPerson("people-show"),
	ofPerson("people-suspend"),
	ofPerson("people-reactivate"),
	ofPerson("people-sign-out"),
	z.strictObject({ name: z.literal("rooms-list"), text: search }),
	ofRoom("rooms-show"),
	ofRoom("rooms-close"),
	bare("invites-list"),
	z.strictObject({
		name: z.literal("invites-make"),
		uses: z.int().min(1).max(1000).optional(),
		days: z.int().min(1).max(365).optional(),
	}),
	z.strictObject({ name: z.literal("invites-revoke"), invite: inviteId }),
	bare("reports-list"),
	z.strictObject({ name: z.literal("reports-show"), report: reportId }),
	z.strictObject({ name: z.literal("reports-settle"), report: reportId }),
	bare("servers-list"),
	bare("servers-rules"),
	ofServer("servers-retry"),
	z.strictObject({ name: z.literal("servers-block"), server, note }),
	ofServer("servers-unblock"),
	z.strictObject({ name: z.literal("servers-allow"), server, note }),
	ofServer("servers-disallow"),
	z.strictObject({ name: z.literal("metrics"), chart: z.enum(chartNames).optional() }),
	bare("storage"),
	bare("backup"),
	bare("about"),
	bare("devices"),
]);
export const runCommandInput = z.strictObject({ command: wireCommand });
/** Known to whom it was given, and good for one moment. */
const proposalId = z
	.string()
	.length(32)
	.regex(/^[\w-]+$/);
export const confirmCommandInput = z.strictObject({ proposalId, command: wireCommand });

/** A figure of a chart: `label` is a day in UTC, or another server. */
const point = z.object({ label: z.string(), value: z.number() });
export const wireChart = z.object({ chart: z.enum(chartNames), points: z.array(point) });

export const storageParts = ["messages", "keys", "federation", "accounts", "other", "media", "remoteMedia"] as const;
export const wireStorage = z.object({
	/** What each sort of thing takes, in bytes, the largest first. Files are what the database says of them. */
	parts: z.array(z.object({ part: z.enum(storageParts), bytes: z.number(), count: z.int().optional() })),
});
export const wireBackupState = z.object({
	/** When the last one was finished; absent: none that this data directory knows of. */
	lastAt: z.number().optional(),
	sizeBytes: z.number().optional(),
});
export const wireAbout = z.object({
	serverName: z.string(),
	kithVersion: z.string(),
	registration: z.enum(["open", "token", "closed"]),
	/** Who runs it. */
	owners: z.array(z.object({ userId: wireUserId, displayName: z.string() })),
});

/** What a command answers. */
export const wireCommandResult = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("people"), items: z.array(wireAdminPerson), hasMore: z.boolean() }),
	z.object({ kind: z.literal("person"), person: wireAdminPerson }),
	z.object({ kind: z.literal("rooms"), items: z.array(wireAdminRoom), hasMore: z.boolean() }),
	z.object({
		kind: z.literal("room"),
		room: wireAdminRoom,
		/** People of this server in it, as many as are shown. */
		people: z.array(z.object({ userId: wireUserId, displayName: z.string() })),
	}),
	z.object({ kind: z.literal("invites"), items: z.array(wireAdminToken) }),
	/** The secret, this once. */
	z.object({ kind: z.literal("invite"), token: z.string() }),
	z.object({ kind: z.literal("reports"), items: z.array(wireReport) }),
	z.object({ kind: z.literal("report"), report: wireReport }),
	z.object({ kind: z.literal("servers"), items: z.array(wireDestination) }),
	z.object({ kind: z.literal("rules"), items: z.array(wireServerRule) }),
	z.object({ kind: z.literal("charts"), charts: z.array(wireChart) }),
	wireStorage.extend({ kind: z.literal("storage") }),
	wireBackupState.extend({ kind: z.literal("backup") }),
	wireAbout.extend({ kind: z.literal("about") }),
	z.object({ kind: z.literal("devices"), items: z.array(deviceOutput) }),
	/** It is done. `command` is what was done, with the ids that were meant. */
	z.object({
		kind: z.literal("done"),
		command: wireCommand,
		count: z.int().optional(),
		isShut: z.boolean().optional(),
	}),
	/**
	 * Nothing is done yet: it takes the word of this person, on this device, about exactly this command, once, before
	 * `expiresAt`.
	 */
	z.object({
		kind: z.literal("proposal"),
		proposalId,
		command: wireCommand,
		expiresAt: z.number(),
		/** Whom or what it is about, where that has a name. */
		subject: z.string().optional(),
		/** People whom it concerns. */
		count: z.int().optional(),
	}),
]);

export type WireCommand = z.infer<typeof wireCommand>;
/** What the page does by itself is a command too. */
export type Command =
	| WireCommand
	| { readonly name: "help"; readonly topic?: string }
	| { readonly name: "ask"; readonly question: string }
	| { readonly name: "contact"; readonly message?: string };
export type WireCommandResult = z.infer<typeof wireCommandResult>;
export type WireChart = z.infer<typeof wireChart>;
export type StoragePart = (typeof storageParts)[number];
