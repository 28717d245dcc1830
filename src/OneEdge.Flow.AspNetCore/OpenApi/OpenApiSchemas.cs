namespace OneEdge.Flow.AspNetCore;

/// <summary>The parts of the OpenAPI document that do not follow from the table of the paths.</summary>
internal static class OpenApiSchemas
{
    public const string Components = """
        {
          "securitySchemes": {
            "basic": { "type": "http", "scheme": "basic", "description": "The name of a user and a password or a login token; or a server, and user:token." }
          },
          "schemas": {
            "Error": { "type": "string" },
            "Event": { "type": "string", "description": "Events snapshot, service, role, vm, log, gone and error, each with an id and JSON data." },
            "Empty": { "type": "object" },
            "OpenApi": { "type": "object" },
            "Health": {
              "type": "object",
              "required": ["status"],
              "properties": { "status": { "enum": ["healthy", "unhealthy"] }, "engine": { "type": "string" }, "cloud": { "type": "string" } }
            },
            "DocumentBody": {
              "type": "object",
              "required": ["ID", "UID", "GID", "UNAME", "GNAME", "NAME", "TYPE", "TEMPLATE"],
              "properties": {
                "ID": { "type": "string" }, "UID": { "type": "string" }, "GID": { "type": "string" }, "UNAME": { "type": "string" },
                "GNAME": { "type": "string" }, "NAME": { "type": "string" }, "TYPE": { "enum": ["100", "101"] },
                "PERMISSIONS": { "type": "object", "additionalProperties": { "enum": ["0", "1"] } },
                "LOCK": { "type": "object" },
                "TEMPLATE": { "type": "object", "properties": { "BODY": { "type": "object" } } }
              }
            },
            "Document": { "type": "object", "required": ["DOCUMENT"], "properties": { "DOCUMENT": { "$ref": "#/components/schemas/DocumentBody" } } },
            "DocumentPool": {
              "type": "object",
              "required": ["DOCUMENT_POOL"],
              "properties": {
                "DOCUMENT_POOL": {
                  "type": "object",
                  "properties": { "DOCUMENT": { "type": "array", "items": { "$ref": "#/components/schemas/DocumentBody" } } }
                }
              }
            },
            "ServiceTemplate": {
              "type": "object",
              "required": ["name", "roles"],
              "properties": {
                "name": { "type": "string" },
                "deployment": { "enum": ["none", "straight"], "default": "none" },
                "description": { "type": "string", "default": "" },
                "shutdown_action": { "enum": ["terminate", "terminate-hard", "shutdown", "shutdown-hard"] },
                "ready_status_gate": { "type": "boolean" },
                "automatic_deletion": { "type": "boolean" },
                "on_hold": { "type": "boolean" },
                "custom_attrs": { "type": "object" },
                "custom_attrs_values": { "type": "object" },
                "networks": { "type": "object" },
                "networks_values": { "type": "array", "items": { "type": "object" } },
                "roles": { "type": "array", "items": { "$ref": "#/components/schemas/Role" } }
              }
            },
            "Role": {
              "type": "object",
              "required": ["name", "vm_template"],
              "properties": {
                "name": { "type": "string", "pattern": "^\\w+$" },
                "vm_template": { "type": "integer" },
                "cardinality": { "type": "integer", "minimum": 0, "default": 0 },
                "vm_template_contents": { "type": "string" },
                "parents": { "type": "array", "items": { "type": "string" } },
                "min_vms": { "type": "integer", "minimum": 0 },
                "max_vms": { "type": "integer", "minimum": 0 },
                "cooldown": { "type": "integer", "minimum": 0 },
                "elasticity_policies": { "type": "array", "items": { "type": "object" } },
                "scheduled_policies": { "type": "array", "items": { "type": "object" } }
              }
            },
            "ServiceUpdate": {
              "anyOf": [
                { "$ref": "#/components/schemas/ServiceTemplate" },
                {
                  "type": "object",
                  "required": ["append", "template"],
                  "properties": { "append": { "const": true }, "template": { "type": ["string", "object"] } }
                }
              ]
            },
            "Action": {
              "type": "object",
              "required": ["action"],
              "properties": {
                "action": {
                  "type": "object",
                  "required": ["perform"],
                  "properties": { "perform": { "type": "string" }, "params": { "type": ["object", "null"] } }
                }
              }
            },
            "Scale": {
              "type": "object",
              "required": ["role_name", "cardinality"],
              "properties": {
                "role_name": { "type": "string" },
                "cardinality": { "type": "integer", "minimum": 0 },
                "force": { "type": "boolean", "default": false }
              }
            },
            "Delete": {
              "type": "object",
              "properties": { "delete_type": { "enum": ["none", "templates", "all"], "default": "none" } }
            }
          }
        }
        """;
}
