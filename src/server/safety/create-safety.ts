import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { type BlockDependencies, blockPerson } from "./block-person.ts";
import { type ReportInput, reportPerson } from "./report-person.ts";

const mostReports = 500;

/** Whom people keep away from themselves, and what the owner is told. */
export const createSafety = (dependencies: BlockDependencies) => {
	const { store, clock } = dependencies;
	return {
		block: (input: Parameters<typeof blockPerson>[1]) => blockPerson(dependencies, input),
		unblock: (userId: UserId, blockedId: UserId) => store.unblock(userId, blockedId),
		blockedBy: (userId: UserId) => store.blockedBy(userId),
		report: (input: ReportInput) => reportPerson(dependencies, input),
		/** For the owner. */
		reports: () => store.reports(mostReports),
		settle: (id: string) => store.settle(id, clock.now()),
	};
};

export type Safety = ReturnType<typeof createSafety>;
