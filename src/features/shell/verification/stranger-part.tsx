import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { failureOf } from "../../../client/trpc/errors.ts";
import { api } from "../../../client/trpc/trpc.ts";
import { Button } from "../../../components/button.tsx";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { failureText } from "../../../shared/text/failure-text.ts";
import "../../../shared/text/en/verification.ts";
import { text } from "../../../shared/text/text.ts";

export interface StrangerProps {
	readonly deviceId: string;
	readonly name: string;
	readonly onClose: () => void;
}

/** Somebody else has signed in: their device is signed out, and the way in is changed. */
export function StrangerPart({ deviceId, name, onClose }: StrangerProps) {
	const signOut = useMutation({ mutationFn: () => api.accounts.revokeDevice.mutate({ deviceId }) });
	if (signOut.isSuccess) {
		return (
			<Dialog
				title={text("verify.signedOut")}
				lead={text("verify.signedOutText")}
				onClose={onClose}
				actions={
					<>
						<Button look="second" onClick={onClose}>
							{text("common.close")}
						</Button>
						<Link className="button button-primary" href="/you/security" onClick={onClose}>
							{text("verify.changePassword")}
						</Link>
					</>
				}
			/>
		);
	}
	return (
		<ConfirmDialog
			title={text("verify.signOutTitle")}
			text={text("verify.signOutText", { device: name })}
			action={text("verify.signOut")}
			isBusy={signOut.isPending}
			error={signOut.error === null ? undefined : failureText(failureOf(signOut.error).code)}
			onConfirm={() => signOut.mutate()}
			onClose={onClose}
		/>
	);
}
