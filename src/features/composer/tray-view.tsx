import { LoaderCircle, X } from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import { OpenedPicture } from "../../components/opened-picture.tsx";
import { text } from "../../shared/text/text.ts";

export interface AttachedSnapshot {
	readonly id: string;
	readonly filename: string;
	/** Absent while it is being made ready. */
	readonly url: string | undefined;
}

export interface TrayProps {
	readonly attached: readonly AttachedSnapshot[];
	readonly onRemove: (id: string) => void;
}

/** The pictures that go with what is written. */
export function TrayView({ attached, onRemove }: TrayProps) {
	return (
		<ul className="tray" aria-label={text("composer.attached")}>
			{attached.map(({ id, filename, url }) => (
				<li key={id} className="thumb">
					{url === undefined ? (
						<span className="thumb-busy" role="status" aria-label={text("composer.preparing", { name: filename })}>
							<Icon of={LoaderCircle} isSpinning />
						</span>
					) : (
						<OpenedPicture url={url} alt={filename} />
					)}
					<button
						type="button"
						className="thumb-remove"
						title={text("composer.removePicture", { name: filename })}
						aria-label={text("composer.removePicture", { name: filename })}
						onClick={() => onRemove(id)}
					>
						<Icon of={X} size={14} />
					</button>
				</li>
			))}
		</ul>
	);
}
