import { Lock, LockOpen } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

interface EncryptionNoteProps {
	readonly isEncrypted: boolean;
	readonly children: ReactNode;
}

/** Says whether something is encrypted, where there is nothing to choose. */
export function EncryptionNote({ isEncrypted, children }: EncryptionNoteProps) {
	return (
		<p className="hint">
			<Icon of={isEncrypted ? Lock : LockOpen} size={16} />
			<span>{children}</span>
		</p>
	);
}
