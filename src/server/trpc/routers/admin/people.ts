import {
	addPersonInput,
	addPersonOutput,
	adminPeopleInput,
	adminPeopleOutput,
	adminPersonInput,
	newPasswordOutput,
	setDisabledInput,
} from "../../../../shared/wire/admin-calls.ts";
import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { adminProcedure } from "../../procedures.ts";
import { userIdOf } from "../parse-identifiers.ts";

export const people = adminProcedure
	.input(adminPeopleInput)
	.output(adminPeopleOutput)
	.query(async ({ ctx, input }) => {
		const page = await ctx.areas.admin.people(input);
		return { ...page, items: [...page.items] };
	});

export const addPerson = adminProcedure
	.input(addPersonInput)
	.output(addPersonOutput)
	.mutation(({ ctx, input }) => ctx.areas.admin.addPerson(input));

export const setDisabled = adminProcedure
	.input(setDisabledInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.admin.setDisabled(ctx.viewer, userIdOf(input.userId), input.isDisabled);
		return { done: true as const };
	});

export const resetPassword = adminProcedure
	.input(adminPersonInput)
	.output(newPasswordOutput)
	.mutation(({ ctx, input }) => ctx.areas.admin.resetPassword(ctx.viewer, userIdOf(input.userId)));
