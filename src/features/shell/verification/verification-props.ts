import type { VerificationStep } from "../../../client/crypto/verification-call.ts";
import type { readCodes } from "../../../client/verification/camera.ts";

export type { VerificationStep };

/** One verification as it is shown, and what can be done about it. */
export interface VerificationProps {
	/** Both devices are the reader's. */
	readonly isSelf: boolean;
	/** It was begun here. */
	readonly isOurs: boolean;
	/** The other person, or the other device. */
	readonly name: string;
	/** When the device that asks signed in. */
	readonly signedInText: string | undefined;
	readonly step: VerificationStep;
	/** The code that is shown while both are ready. */
	readonly code: readonly number[] | undefined;
	readonly isScanning: boolean;
	/** This device lets the other in, rather than being let in. */
	readonly isApproving: boolean;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onAccept: () => void;
	readonly onDecline: () => void;
	readonly onCompare: () => void;
	readonly onScan: () => void;
	readonly onShow: () => void;
	/** Shows the camera's picture, and reads codes in it. */
	readonly readCodes: typeof readCodes;
	readonly onRead: (bytes: readonly number[]) => void;
	readonly onNoCamera: () => void;
	readonly onConfirm: () => void;
	readonly onDeny: () => void;
	readonly onEnd: () => void;
	/** Absent: it was not begun here. */
	readonly onAgain: (() => void) | undefined;
}
