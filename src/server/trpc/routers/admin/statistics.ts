import { wireStatistics } from "../../../../shared/wire/admin-calls.ts";
import { adminProcedure } from "../../procedures.ts";

export const statistics = adminProcedure.output(wireStatistics).query(async ({ ctx }) => {
	const found = await ctx.areas.admin.statistics();
	return { ...found, messagesByDay: [...found.messagesByDay], unreadable: [...found.unreadable] };
});
