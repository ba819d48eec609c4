import { useEffect, useRef } from "react";
import "../../../shared/text/en/verification.ts";
import { text } from "../../../shared/text/text.ts";
import type { VerificationProps } from "./verification-props.ts";

export interface CodeScannerProps {
	readonly readCodes: VerificationProps["readCodes"];
	readonly onRead: (bytes: readonly number[]) => void;
	readonly onFailure: () => void;
}

/** The camera's picture, until there is a code in it. */
export function CodeScannerView({ readCodes, onRead, onFailure }: CodeScannerProps) {
	const video = useRef<HTMLVideoElement>(null);
	const heard = useRef({ onRead, onFailure });
	heard.current = { onRead, onFailure };
	useEffect(() => {
		if (video.current === null) return;
		const reading = readCodes(video.current, {
			onRead: (bytes) => {
				// One code is enough, and it is looked at by the engine.
				reading.stop();
				heard.current.onRead(bytes);
			},
			onFailure: () => heard.current.onFailure(),
		});
		return () => reading.stop();
	}, [readCodes]);
	return (
		<div className="verify-camera">
			<video ref={video} muted playsInline aria-label={text("verify.camera")} />
			<span aria-hidden="true" />
		</div>
	);
}
