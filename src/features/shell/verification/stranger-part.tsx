import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useProof } from "../../../client/hooks/use-proof.ts";
import { signOutAddress } from "../../../client/session/sign-out-device.ts";
import { api } from "../../../client/trpc/trpc.ts";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { FormDialog } from "../../../components/form-dialog.tsx";
import { ProofField } from "../../../components/proof-field.tsx";
import "../../../shared/text/en/verification.ts";
import { text } from "../../../shared/text/text.ts";

export interface StrangerProps {
	readonly deviceId: string;
	readonly name: string;
	readonly onClose: () => void;
}

/** Somebody else has signed in: their device is signed out, and the way in is changed. */
export function StrangerPart({ deviceId, name, onClose }: StrangerProps) {
	const proof = useProof(() => signOutAddress({ deviceId }));
	const signOut = useMutation({
		mutationFn: async () => api.accounts.revokeDevice.mutate({ deviceId, proof: await proof.prove() }),
	});
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
		<FormDialog
			title={text("verify.signOutTitle")}
			lead={text("verify.signOutText", { device: name })}
			action={text("verify.signOut")}
			look="danger"
			isBusy={signOut.isPending}
			error={proof.failure(signOut.error)}
			onSubmit={() => signOut.mutate()}
			onClose={onClose}
		>
			<ProofField {...proof} />
		</FormDialog>
	);
}
