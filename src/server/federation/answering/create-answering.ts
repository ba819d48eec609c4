import { answerAlias } from "./answer-alias.ts";
import { answerEvent } from "./answer-event.ts";
import { answerEventAuth } from "./answer-event-auth.ts";
import { answerHierarchy } from "./answer-hierarchy.ts";
import { answerBackfill, answerMissingEvents } from "./answer-history.ts";
import { answerProfile } from "./answer-profile.ts";
import { answerPublicRooms } from "./answer-public-rooms.ts";
import { answerState, answerStateIds } from "./answer-state.ts";
import { answerTimestamp } from "./answer-timestamp.ts";
import type { AnsweringDependencies } from "./answering-dependencies.ts";

type Question<F extends (dependencies: AnsweringDependencies, question: never) => unknown> = Parameters<F>[1];

/** What other servers may read of this one, bound to what it stands on. */
export const createAnswering = (dependencies: AnsweringDependencies) => ({
	event: (question: Question<typeof answerEvent>) => answerEvent(dependencies, question),
	eventAuth: (question: Question<typeof answerEventAuth>) => answerEventAuth(dependencies, question),
	state: (question: Question<typeof answerState>) => answerState(dependencies, question),
	stateIds: (question: Question<typeof answerStateIds>) => answerStateIds(dependencies, question),
	backfill: (question: Question<typeof answerBackfill>) => answerBackfill(dependencies, question),
	missingEvents: (question: Question<typeof answerMissingEvents>) => answerMissingEvents(dependencies, question),
	timestamp: (question: Question<typeof answerTimestamp>) => answerTimestamp(dependencies, question),
	profile: (question: Question<typeof answerProfile>) => answerProfile(dependencies, question),
	alias: (question: Question<typeof answerAlias>) => answerAlias(dependencies, question),
	publicRooms: (question: Question<typeof answerPublicRooms>) => answerPublicRooms(dependencies, question),
	hierarchy: (question: Question<typeof answerHierarchy>) => answerHierarchy(dependencies, question),
});
