import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { ServiceDefinition, UntypedServiceImplementation, sendUnaryData } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** A request or answer of the protocol, as the generated codec has it. */
export type Message = Record<string, unknown>;

/** One method of the protocol. */
export type Method = (request: Message) => Promise<Message> | Message;

let service: ServiceDefinition | undefined;

/** Terraform's provider service; parsed once per process (about 15 ms). */
function providerService(): ServiceDefinition {
  service ??= loadSync(fileURLToPath(new URL('plugin6.proto', import.meta.url)), { keepCase: true, longs: Number, oneofs: false })['tfplugin6.Provider'] as ServiceDefinition;
  return service;
}

function implement(methods: Readonly<Record<string, Method>>): UntypedServiceImplementation {
  const out: UntypedServiceImplementation = {};
  for (const name of Object.keys(providerService())) {
    out[name] = (call: { request: Message }, done: sendUnaryData<Message>): void => {
      const method = methods[name];
      if (method === undefined) {
        done(null, {});
        return;
      }
      Promise.resolve().then(() => method(call.request)).then(
        (answer) => done(null, answer),
        (e: unknown) => done({ code: status.INTERNAL, message: `simulated provider: ${e instanceof Error ? (e.stack ?? e.message) : String(e)}` }),
      );
    };
  }
  return out;
}

/** A provider that listens on a Unix socket. */
export interface PluginServer {
  readonly socket: string;
  stop(): Promise<void>;
}

/**
 * Listens on `socket`. Terraform opens one connection for each provider configuration (alias), and its calls do not name
 * the configuration; so each connection gets methods of its own from `connect`, with their own configuration.
 */
export async function servePlugin(socket: string, connect: () => Readonly<Record<string, Method>>): Promise<PluginServer> {
  const open = new Set<{ raw: Socket; grpc: Server }>();
  const listener = createServer((raw) => {
    const grpc = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
    grpc.addService(providerService(), implement(connect()));
    const entry = { raw, grpc };
    open.add(entry);
    raw.on('close', () => {
      open.delete(entry);
      grpc.forceShutdown();
    });
    raw.on('error', () => raw.destroy());
    grpc.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(raw);
  });
  await new Promise<void>((done, fail) => listener.once('error', fail).listen(socket, done));
  // The process that uses the providers decides when to end.
  listener.unref();
  return {
    socket,
    stop: async () => {
      for (const { raw } of open) raw.destroy();
      await new Promise<void>((done) => listener.close(() => done()));
      rmSync(socket, { force: true });
    },
  };
}
