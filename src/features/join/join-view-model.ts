import { useRouter } from "next/router";
import { useCallback, useEffect, useState } from "react";
import { loadPicture } from "../../client/media/load-picture.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { dropInviteToken, takeInviteToken } from "../../client/session/invite-token.ts";
import { type CallFailure, failureOf } from "../../client/trpc/errors.ts";
import { httpClient } from "../../client/trpc/http-client.ts";
import { signInAddress, signUpAddress } from "../../shared/return-address.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { WireInvitePreview } from "../../shared/wire/invite-calls.ts";

type State =
	| { readonly kind: "loading" }
	| { readonly kind: "none" }
	| { readonly kind: "refused"; readonly code: CallFailure["code"] }
	| {
			readonly kind: "open";
			readonly preview: WireInvitePreview;
			readonly picture: ImageBitmap | undefined;
			readonly signUpHref: string;
	  };

/** What an invite link leads to. */
export function useJoin() {
	const router = useRouter();
	const [state, setState] = useState<State>({ kind: "loading" });
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<string | undefined>();
	const look = useCallback(() => void lookAt(takeInviteToken()).then(setState), []);
	useEffect(() => {
		look();
		addEventListener("hashchange", look);
		return () => removeEventListener("hashchange", look);
	}, [look]);
	const join = async () => {
		const token = takeInviteToken();
		if (token === undefined || isBusy) return;
		setBusy(true);
		setError(undefined);
		try {
			const { roomId } = await httpClient.joinByInviteLink({ token });
			dropInviteToken();
			await router.replace(roomAddress(roomId));
		} catch (reason) {
			setError(failureText(failureOf(reason).code));
			setBusy(false);
		}
	};
	return {
		state: state.kind === "refused" ? { ...state, error: failureText(state.code) } : state,
		isBusy,
		error,
		signInHref: signInAddress("/join"),
		onJoin: () => void join(),
		onRetry: () => {
			setState({ kind: "loading" });
			look();
		},
	};
}

async function lookAt(token: string | undefined): Promise<State> {
	if (token === undefined) return { kind: "none" };
	try {
		const preview = await httpClient.previewInviteLink({ token });
		// Such a link's secret is a registration code too.
		const code = preview.bringsNewPeople ? `#token=${token}` : "";
		const picture = preview.picture === undefined ? undefined : await loadPicture(blobOf(preview.picture));
		return { kind: "open", preview, picture, signUpHref: `${signUpAddress("/join")}${code}` };
	} catch (reason) {
		return { kind: "refused", code: failureOf(reason).code };
	}
}

function blobOf(base64: string): Blob {
	return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]);
}
