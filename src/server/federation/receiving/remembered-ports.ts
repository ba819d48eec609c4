import type { ReceivingPorts } from "../../../../federation/handshakes/received-event.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import type { PolicyRecommendation } from "../../../../federation/ports/policy-server.ts";
import type { FoundKeys, ServerKeys, WantedKey } from "../../../../federation/ports/server-keys.ts";
import type { ReceivingDependencies } from "./receiving-dependencies.ts";

/** The ports of one check that reach other servers. */
export type RememberedPorts = Pick<ReceivingPorts, "keys" | "verifier" | "policyServer">;

/** An event is checked again under the lock: what other servers answered the first time is not asked for again. */
export const rememberPorts = ({ keys, verifier, policyServer }: ReceivingDependencies): RememberedPorts => ({
	keys: rememberKeys(keys),
	verifier,
	...(policyServer === undefined
		? {}
		: {
				policyServer: {
					recommendation: remember(policyServer.recommendation.bind(policyServer), ({ eventId }): EventId => eventId),
				},
			}),
});

const rememberKeys = (keys: ServerKeys): ServerKeys => ({
	find: remember<readonly WantedKey[], FoundKeys>(keys.find.bind(keys), (wanted) =>
		wanted.map(({ server, keyId }) => `${server} ${keyId}`).join("\n"),
	),
});

const remember = <Question, Answer = PolicyRecommendation>(
	ask: (question: Question) => Promise<Answer>,
	nameOf: (question: Question) => string,
): ((question: Question) => Promise<Answer>) => {
	const answers = new Map<string, Promise<Answer>>();
	return (question) => {
		const name = nameOf(question);
		const answer = answers.get(name) ?? ask(question);
		answers.set(name, answer);
		return answer;
	};
};
