import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";

/** One's own profile. */
export function useProfile() {
	const me = useClientState((state) => state.me);
	const [isCopied, setCopied] = useState(false);
	return {
		me,
		isCopied,
		onCopyId: () => {
			// Without a secure context there is no clipboard: the id stands there to be selected.
			void navigator.clipboard?.writeText(me?.userId ?? "").then(() => setCopied(true));
		},
	};
}
