import * as associations from "@hubspot/api-client/lib/codegen/crm/associations/v4/index.js";
import * as lists from "@hubspot/api-client/lib/codegen/crm/lists/index.js";
import * as objects from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import * as owners from "@hubspot/api-client/lib/codegen/crm/owners/index.js";
import * as pipelines from "@hubspot/api-client/lib/codegen/crm/pipelines/index.js";
import * as properties from "@hubspot/api-client/lib/codegen/crm/properties/index.js";
import type { HubSpotSettings } from "../config/config.ts";
import type { HubSpotCalls } from "./calls.ts";

/** What the generated APIs hand over to be sent; each package has a class of its own for it. */
interface OutgoingRequest {
  getUrl(): string;
  getHttpMethod(): string;
  getHeaders(): Record<string, string>;
  getBody(): unknown;
}

/** The official client's generated APIs, whose paths and models are HubSpot's specification. */
export interface HubSpotApis {
  readonly search: objects.SearchApi;
  readonly batch: objects.BatchApi;
  readonly basic: objects.BasicApi;
  readonly properties: properties.CoreApi;
  readonly pipelines: pipelines.PipelinesApi;
  readonly owners: owners.OwnersApi;
  readonly associations: associations.BatchApi;
  readonly lists: lists.ListsApi;
  readonly memberships: lists.MembershipsApi;
}

/**
 * The generated APIs over our own calls. `Client` itself has no way to set a timeout or to abort, keeps its retries in a
 * singleton that all clients of the process share, and ignores Retry-After; its APIs take another transport.
 */
export function createApis(settings: HubSpotSettings, calls: HubSpotCalls): HubSpotApis {
  const url = settings.apiUrl.replace(/\/+$/, "");
  const authMethods = { oauth2: { accessToken: settings.token } };
  async function send(request: OutgoingRequest): Promise<objects.ResponseContext> {
    const body = request.getBody();
    const { status, headers, text } = await calls.exchange({
      method: request.getHttpMethod(),
      url: withoutSlashAtEnd(request.getUrl()),
      headers: request.getHeaders(),
      ...(typeof body === "string" ? { body } : {}),
    });
    return new objects.ResponseContext(status, { ...headers }, { text: async () => text, binary: async () => Buffer.from(text) });
  }
  const ofObjects = objects.createConfiguration({
    baseServer: new objects.ServerConfiguration(url, {}),
    httpApi: objects.wrapHttpLibrary({ send }),
    authMethods,
  });
  const ofLists = lists.createConfiguration({
    baseServer: new lists.ServerConfiguration(url, {}),
    httpApi: lists.wrapHttpLibrary({ send }),
    authMethods,
  });
  return {
    lists: new lists.ListsApi(ofLists),
    memberships: new lists.MembershipsApi(ofLists),
    search: new objects.SearchApi(ofObjects),
    batch: new objects.BatchApi(ofObjects),
    basic: new objects.BasicApi(ofObjects),
    properties: new properties.CoreApi(
      properties.createConfiguration({
        baseServer: new properties.ServerConfiguration(url, {}),
        httpApi: properties.wrapHttpLibrary({ send }),
        authMethods,
      }),
    ),
    pipelines: new pipelines.PipelinesApi(
      pipelines.createConfiguration({
        baseServer: new pipelines.ServerConfiguration(url, {}),
        httpApi: pipelines.wrapHttpLibrary({ send }),
        authMethods,
      }),
    ),
    associations: new associations.BatchApi(
      associations.createConfiguration({
        baseServer: new associations.ServerConfiguration(url, {}),
        httpApi: associations.wrapHttpLibrary({ send }),
        authMethods,
      }),
    ),
    owners: new owners.OwnersApi(
      owners.createConfiguration({
        baseServer: new owners.ServerConfiguration(url, {}),
        httpApi: owners.wrapHttpLibrary({ send }),
        authMethods,
      }),
    ),
  };
}

/** HubSpot's documents name the list of owners `/crm/v3/owners`; the generated API still asks for `/crm/v3/owners/`. */
function withoutSlashAtEnd(url: string): string {
  return url.replace(/\/+(?=\?|$)/, "");
}
