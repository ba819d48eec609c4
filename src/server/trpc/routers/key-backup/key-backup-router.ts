import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import {
	backedUpKeysInput,
	backedUpKeysOutput,
	backupInput,
	backupOutput,
	backupStateOutput,
	backupVersionOutput,
	createBackupInput,
	currentBackupInput,
	putBackedUpKeysInput,
	removeBackedUpKeysInput,
	updateBackupInput,
} from "../../../../shared/wire/key-calls.ts";
import { router, sessionProcedure } from "../../procedures.ts";
import { jsonBody } from "../keys/json-body.ts";

const versionOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

const create = sessionProcedure
	.input(createBackupInput)
	.output(backupVersionOutput)
	.mutation(async ({ ctx, input }) => {
		const { algorithm, replaces } = input;
		const backup = { algorithm, authData: jsonBody(input.auth_data), replaces: versionOf(replaces) };
		return { version: String(await ctx.areas.keyBackup.create(ctx.viewer.userId, backup)) };
	});

const version = sessionProcedure
	.input(currentBackupInput)
	.output(backupOutput)
	.query(async ({ ctx, input }) => {
		const found = await ctx.areas.keyBackup.read(ctx.viewer.userId, versionOf(input.version));
		const { algorithm, count, etag } = found;
		return { algorithm, auth_data: found.authData, version: String(found.version), count, etag: String(etag) };
	});

const update = sessionProcedure
	.input(updateBackupInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		const change = { algorithm: input.algorithm, authData: jsonBody(input.auth_data) };
		await ctx.areas.keyBackup.update(ctx.viewer.userId, { version: Number(input.version), ...change });
		return { done: true as const };
	});

const remove = sessionProcedure
	.input(backupInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.keyBackup.remove(ctx.viewer.userId, Number(input.version));
		return { done: true as const };
	});

const putKeys = sessionProcedure
	.input(putBackedUpKeysInput)
	.output(backupStateOutput)
	.mutation(async ({ ctx, input }) => {
		const keys = { version: Number(input.version), rooms: jsonBody(input.rooms) };
		const { etag, count } = await ctx.areas.keyBackup.putKeys(ctx.viewer.userId, keys);
		return { etag: String(etag), count };
	});

const keys = sessionProcedure
	.input(backedUpKeysInput)
	.output(backedUpKeysOutput)
	.query(async ({ ctx, input }) => {
		const { rooms, next } = await ctx.areas.keyBackup.readKeys(ctx.viewer.userId, {
			...{ version: Number(input.version), roomId: input.room_id, sessionId: input.session_id },
			...{ after: input.cursor, limit: input.limit },
		});
		return { rooms, ...(next === undefined ? {} : { nextCursor: { roomId: next.roomId, sessionId: next.sessionId } }) };
	});

const removeKeys = sessionProcedure
	.input(removeBackedUpKeysInput)
	.output(backupStateOutput)
	.mutation(async ({ ctx, input }) => {
		const selection = { version: Number(input.version), roomId: input.room_id, sessionId: input.session_id };
		const { etag, count } = await ctx.areas.keyBackup.removeKeys(ctx.viewer.userId, selection);
		return { etag: String(etag), count };
	});

export const keyBackupRouter = router({ create, version, update, remove, putKeys, keys, removeKeys });
