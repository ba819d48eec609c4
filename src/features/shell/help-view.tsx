import { X } from "lucide-react";
import { IconButton } from "../../components/icon-button.tsx";
import { Modal } from "../../components/modal.tsx";
import "../../shared/text/en/palette.ts";
import { text } from "../../shared/text/text.ts";

const keys = [
	["Ctrl K", "help.palette"],
	["Alt ↑", "help.up"],
	["Alt ↓", "help.down"],
	["↑ ↓", "help.arrows"],
	["Enter", "help.send"],
	["Shift Enter", "help.line"],
	["↑", "help.editLast"],
	["@", "help.mention"],
	["R", "help.reply"],
	["E", "help.edit"],
	["Esc", "help.escape"],
	["?", "help.help"],
] as const;

/** The keys that the app knows. */
export function HelpView({ onClose }: { readonly onClose: () => void }) {
	return (
		<Modal className="dialog" label={text("help.title")} onClose={onClose}>
			<div className="sheet help">
				<div className="help-head">
					<h2>{text("help.title")}</h2>
					<IconButton icon={X} label={text("common.close")} onClick={onClose} />
				</div>
				<dl className="help-keys">
					{keys.map(([key, words]) => (
						<div key={words}>
							<dt>{text(words)}</dt>
							<dd>
								{key.split(" ").map((part) => (
									<kbd key={part}>{part}</kbd>
								))}
							</dd>
						</div>
					))}
				</dl>
				<p className="help-note">{text("help.mac")}</p>
			</div>
		</Modal>
	);
}
