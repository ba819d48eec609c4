import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import {
	claimKeysInput,
	claimKeysOutput,
	keyChangesInput,
	keyChangesOutput,
	queryKeysInput,
	queryKeysOutput,
	uploadKeysInput,
	uploadKeysOutput,
	uploadSignaturesInput,
	uploadSignaturesOutput,
	uploadSigningKeysInput,
	type WireJson,
} from "../../../../shared/wire/key-calls.ts";
import { router, sessionProcedure } from "../../procedures.ts";
import { proofOf } from "../accounts/proven.ts";
import { positionOf, userIdOf } from "../parse-identifiers.ts";
import { failuresOf, jsonBody, optionalBody } from "./json-body.ts";

const upload = sessionProcedure
	.input(uploadKeysInput)
	.output(uploadKeysOutput)
	.mutation(async ({ ctx, input }) => ({
		one_time_key_counts: await ctx.areas.keys.upload(ctx.viewer, {
			deviceKeys: optionalBody(input.device_keys),
			oneTimeKeys: optionalBody(input.one_time_keys),
			fallbackKeys: optionalBody(input.fallback_keys),
		}),
	}));

const query = sessionProcedure
	.input(queryKeysInput)
	.output(queryKeysOutput)
	// A mutation: a question for hundreds of people fits into no address.
	.mutation(async ({ ctx, input }) => {
		const asked = new Map(Object.entries(input.device_keys).map(([userId, devices]) => [userIdOf(userId), devices]));
		const answer = await ctx.areas.keys.query(ctx.viewer.userId, asked);
		return {
			device_keys: answer.deviceKeys,
			master_keys: answer.masterKeys,
			self_signing_keys: answer.selfSigningKeys,
			user_signing_keys: answer.userSigningKeys,
			failures: failuresOf(answer.failures),
		};
	});

const claim = sessionProcedure
	.input(claimKeysInput)
	.output(claimKeysOutput)
	.mutation(async ({ ctx, input }) => {
		const wanted = Object.entries(input.one_time_keys).flatMap(([userId, devices]) =>
			Object.entries(devices).map(([deviceId, algorithm]) => ({ userId: userIdOf(userId), deviceId, algorithm })),
		);
		const answer = await ctx.areas.keys.claim(wanted);
		return { one_time_keys: answer.oneTimeKeys, failures: failuresOf(answer.failures) };
	});

const changes = sessionProcedure
	.input(keyChangesInput)
	.output(keyChangesOutput)
	.query(async ({ ctx, input }) => {
		const to = input.to === undefined ? undefined : positionOf(input.to);
		const { changed, left } = await ctx.areas.keys.changes(ctx.viewer.userId, { from: positionOf(input.from), to });
		return { changed: [...changed], left: [...left] };
	});

const uploadSignatures = sessionProcedure
	.input(uploadSignaturesInput)
	.output(uploadSignaturesOutput)
	.mutation(async ({ ctx, input }) => {
		const signed = Object.entries(input).flatMap(([userId, keys]) =>
			Object.entries(keys).map(([target, json]) => ({ userId: userIdOf(userId), target, json: jsonBody(json) })),
		);
		const failures: Record<string, Record<string, WireJson>> = {};
		for (const { userId, target, errcode, rule } of await ctx.areas.keys.uploadSignatures(ctx.viewer.userId, signed)) {
			failures[userId] = { ...failures[userId], [target]: { errcode, error: rule } };
		}
		return { failures };
	});

const uploadSigningKeys = sessionProcedure
	.input(uploadSigningKeysInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		const { proof } = input;
		const named = {
			master: optionalBody(input.master_key),
			self_signing: optionalBody(input.self_signing_key),
			user_signing: optionalBody(input.user_signing_key),
		};
		await ctx.areas.keys.uploadCrossSigning(ctx.viewer, {
			keys: Object.fromEntries(Object.entries(named).filter(([, json]) => json !== undefined)),
			proof: proof && proofOf(ctx, proof),
		});
		return { done: true as const };
	});

export const keysRouter = router({ upload, query, claim, changes, uploadSignatures, uploadSigningKeys });
