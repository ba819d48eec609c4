import { useEffect, useState } from "react";
import { useReturn } from "../../client/hooks/use-return.ts";
import { hasSession } from "../../client/session/has-session.ts";
import { signUpAddress, wantedAddress } from "../../client/session/return-address.ts";
import { signIn } from "../../client/session/sign-in.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { type Policy, usePolicy } from "./policy-view-model.ts";

export function useSignIn() {
	const policy = usePolicy();
	const wanted = useReturn();
	const [username, setUsername] = useState("");
	const [password, setPassword] = useState("");
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<string | undefined>();
	useEffect(leaveWhenSignedIn, []);
	const submit = async () => {
		if (isBusy) return;
		setBusy(true);
		setError(undefined);
		const result = await signIn(username.trim(), password);
		if (result.kind === "signedIn") return leave();
		setError(failureText(result.code));
		setBusy(false);
	};
	return {
		serverName: policy.kind === "known" ? policy.policy.serverName : undefined,
		canSignUp: policy.kind === "known" && isOpen(policy.policy),
		signUpHref: signUpAddress(wanted),
		username,
		password,
		isBusy,
		error,
		onUsername: setUsername,
		onPassword: setPassword,
		onSubmit: () => void submit(),
	};
}

function isOpen(policy: Policy): boolean {
	return policy.registration !== "closed" && !policy.needsOwner;
}

/** A whole page load, so that nothing of an earlier session is left in memory. */
function leave(): void {
	location.assign(wantedAddress(location.search, location.origin));
}

function leaveWhenSignedIn(): void {
	hasSession().then(
		(isSignedIn) => isSignedIn && leave(),
		() => undefined,
	);
}
