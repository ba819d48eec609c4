import { useEffect, useState } from "react";
import { useDebounced } from "../../client/hooks/use-debounced.ts";
import { httpClient } from "../../client/trpc/http-client.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { FieldHint } from "./account-field-view.tsx";

/** Whether a new account could have the name, asked while a person types. */
export function useUsernameHint(username: string, token: string): FieldHint {
	const wanted = useDebounced(username, 250);
	const shown = useDebounced(token, 250);
	const [answer, setAnswer] = useState<{ readonly for: string; readonly hint: FieldHint } | undefined>();
	useEffect(() => {
		if (wanted === "") return;
		const stop = new AbortController();
		const question = { localpart: wanted, ...(shown.length >= 8 && { registrationToken: shown }) };
		httpClient.isUsernameFree(question, stop.signal).then(
			(answered) => setAnswer({ for: wanted, hint: hintOf(answered) }),
			// Without an answer there is nothing to say: the registration itself decides.
			() => undefined,
		);
		return () => stop.abort();
	}, [wanted, shown]);
	if (username === "" || answer?.for !== username) return { hint: undefined, hintKind: "plain" };
	return answer.hint;
}

function hintOf({ isFree, reason }: Awaited<ReturnType<typeof httpClient.isUsernameFree>>): FieldHint {
	if (isFree) return { hint: text("signUp.free"), hintKind: "ok" };
	// Without a code nobody is told who is here; the field for the code says what is wrong with it.
	if (reason === "registration-token-invalid") return { hint: undefined, hintKind: "plain" };
	return { hint: failureText(reason ?? "username-taken"), hintKind: "bad" };
}
