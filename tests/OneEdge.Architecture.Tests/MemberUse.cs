using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace OneEdge.Architecture.Tests;

/// <summary>One use of a member of another assembly in the code of a library.</summary>
/// <param name="User">The type whose code it is; for lambdas and iterators the one that a person wrote.</param>
/// <param name="Method">The method.</param>
/// <param name="Type">The full name of the used member's type.</param>
/// <param name="Member">The used member.</param>
/// <param name="ParameterCount">Its number of parameters; -1 for a field.</param>
internal sealed record MemberUse(string User, string Method, string Type, string Member, int ParameterCount)
{
    private static readonly Dictionary<ushort, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => (ushort)c.Value, c => c.OperandType);

    /// <summary>Every use in every method of a library, found by walking its instructions.</summary>
    public static IEnumerable<MemberUse> In(Library library)
    {
        MetadataReader reader = library.Metadata;
        foreach (TypeDefinition type in reader.Types())
        {
            string user = reader.FullName(reader.Outermost(type));
            foreach (MethodDefinitionHandle handle in type.GetMethods())
            {
                MethodDefinition method = reader.GetMethodDefinition(handle);
                if (library.Body(method) is not { } body) continue;
                string where = type.GetDeclaringType().IsNil ? reader.GetString(method.Name) : $"{reader.GetString(type.Name)}.{reader.GetString(method.Name)}";
                foreach (EntityHandle token in Tokens(body.GetILReader()))
                {
                    if (Resolve(reader, token) is { } member) yield return new MemberUse(user, where, member.Type, member.Name, member.Parameters);
                }
            }
        }
    }

    private static List<EntityHandle> Tokens(BlobReader code)
    {
        List<EntityHandle> tokens = [];
        while (code.RemainingBytes > 0)
        {
            ushort value = code.ReadByte();
            if (value == 0xFE) value = (ushort)(0xFE00 | code.ReadByte());
            OperandType operand = Operands[value];
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok)
            {
                tokens.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                continue;
            }

            int size = operand == OperandType.InlineSwitch ? code.ReadInt32() * 4 : Size(operand);
            code.Offset += size;
        }

        return tokens;
    }

    private static int Size(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private static (string Type, string Name, int Parameters)? Resolve(MetadataReader reader, EntityHandle token)
    {
        if (token.Kind == HandleKind.MethodSpecification) token = reader.GetMethodSpecification((MethodSpecificationHandle)token).Method;
        if (token.Kind != HandleKind.MemberReference) return null;
        MemberReference member = reader.GetMemberReference((MemberReferenceHandle)token);
        if (member.Parent.Kind != HandleKind.TypeReference) return null;
        string type = reader.FullName(reader.GetTypeReference((TypeReferenceHandle)member.Parent));
        return (type, reader.GetString(member.Name), CountParameters(reader, member));
    }

    private static int CountParameters(MetadataReader reader, MemberReference member)
    {
        BlobReader signature = reader.GetBlobReader(member.Signature);
        SignatureHeader header = signature.ReadSignatureHeader();
        if (header.Kind != SignatureKind.Method) return -1;
        if (header.IsGeneric) signature.ReadCompressedInteger();
        return signature.ReadCompressedInteger();
    }
}
