import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { text } from "../shared/text/text.ts";
import { IconButton } from "./icon-button.tsx";

export interface CopyFieldProps {
	/** What it is, for the button's name. */
	readonly what: string;
	readonly value: string;
}

/** Something to take along: shown whole, selected by a press, copied by the button. */
export function CopyField({ what, value }: CopyFieldProps) {
	const [isCopied, setCopied] = useState(false);
	const copy = async () => {
		await navigator.clipboard.writeText(value);
		setCopied(true);
	};
	return (
		<div className="copy-field">
			<code>{value}</code>
			<IconButton
				icon={isCopied ? Check : Copy}
				label={text("copy.copy", { what })}
				onClick={() => copy().catch(() => undefined)}
			/>
			<span className="visually-hidden" role="status">
				{isCopied && text("copy.copied")}
			</span>
		</div>
	);
}
