import { connect } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { makeSelfSignedCertificate } from "../../setup/self-signed-certificate.ts";

/** A proxy that ends TLS in front of a server, as people put one there; it hands on everything else as it is. */
export interface TlsLine extends AsyncDisposable {
	/** `https://localhost:PORT` */
	readonly address: string;
}

export async function openTlsLine(port: number, serverPort: number): Promise<TlsLine> {
	const open = new Set<TLSSocket>();
	const line = createServer(makeSelfSignedCertificate("localhost", Date.now()), (browserEnd) => {
		open.add(browserEnd);
		const serverEnd = connect(serverPort, "127.0.0.1");
		browserEnd.pipe(serverEnd).pipe(browserEnd);
		browserEnd.on("close", () => {
			open.delete(browserEnd);
			serverEnd.destroy();
		});
		serverEnd.on("close", () => browserEnd.destroy());
		for (const end of [browserEnd, serverEnd]) end.on("error", () => undefined);
	});
	await new Promise<void>((resolve) => line.listen(port, "localhost", resolve));
	return {
		address: `https://localhost:${port}`,
		[Symbol.asyncDispose]: async () => {
			for (const socket of open) socket.destroy();
			await new Promise((resolve) => line.close(resolve));
		},
	};
}
