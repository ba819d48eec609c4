import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import {
	destinationInput,
	destinationsOutput,
	invitationPolicyInput,
	presenceSharingInput,
	putServerRuleInput,
	selfChecksOutput,
	serverRuleInput,
	serverRulesOutput,
} from "../../../../shared/wire/federation-calls.ts";
import { adminProcedure } from "../../procedures.ts";

export const destinations = adminProcedure
	.output(destinationsOutput)
	.query(async ({ ctx }) => ({ items: [...(await ctx.areas.federation.exchange.destinations.list())] }));

export const retryDestination = adminProcedure
	.input(destinationInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.federation.exchange.destinations.retryNow(input.serverName);
		return { done: true as const };
	});

export const selfChecks = adminProcedure
	.output(selfChecksOutput)
	.query(async ({ ctx }) => ({ items: [...(await ctx.areas.federation.checkSelf())] }));

export const serverRules = adminProcedure.output(serverRulesOutput).query(async ({ ctx }) => {
	const { servers, ...rules } = ctx.areas.federation.rules.read();
	return { ...rules, servers: [...servers] };
});

export const setInvitationPolicy = adminProcedure
	.input(invitationPolicyInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.federation.rules.setInvitationPolicy(input.policy);
		return { done: true as const };
	});

export const setPresenceSharing = adminProcedure
	.input(presenceSharingInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.federation.rules.setPresenceShared(input.isShared);
		return { done: true as const };
	});

export const putServerRule = adminProcedure
	.input(putServerRuleInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input: { pattern, ...rule } }) => {
		await ctx.areas.federation.rules.put({ ...rule, text: pattern });
		return { done: true as const };
	});

export const removeServerRule = adminProcedure
	.input(serverRuleInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.federation.rules.remove(input.pattern);
		return { done: true as const };
	});
