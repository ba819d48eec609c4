import { TriangleAlert } from "lucide-react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/trouble.ts";
import { text } from "../../shared/text/text.ts";

export interface TroubleBarProps {
	readonly trouble: "no-storage" | "storage-full" | "store-lost" | "wasm-refused";
	/** The person is asked whether to sign in again. */
	readonly isAsking: boolean;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onAct: () => void;
	readonly onConfirm: () => void;
	readonly onClose: () => void;
}

/** The thin bar that says what keeps encrypted messages from being opened here, and the one thing to do about it. */
export function TroubleBarView({ trouble, isAsking, onAct, ...asking }: TroubleBarProps) {
	return (
		<section className="netbar-in" aria-label={text("trouble.label")}>
			<Icon of={TriangleAlert} size={16} />
			<span role="alert">{text(`trouble.${trouble}`)}</span>
			<button type="button" className="text-button" onClick={onAct}>
				{text(trouble === "store-lost" ? "trouble.signInAgain" : "trouble.reload")}
			</button>
			{isAsking && (
				<FormDialog
					title={text("trouble.lostTitle")}
					lead={text("trouble.lostText")}
					action={text("trouble.signInAgain")}
					isBusy={asking.isBusy}
					error={asking.error}
					onSubmit={asking.onConfirm}
					onClose={asking.onClose}
				/>
			)}
		</section>
	);
}
