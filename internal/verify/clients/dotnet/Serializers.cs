using System.IO;
using System.Text;
using System.Web.Script.Serialization;
using System.Xml.Serialization;
using Newtonsoft.Json;

public interface ISerializer
{
    string MediaType { get; }
    byte[] Write<T>(T value);
    T Read<T>(string text);
}

public class JsonNet : ISerializer
{
    public string MediaType { get { return "application/json"; } }
    public byte[] Write<T>(T value) { return Encoding.UTF8.GetBytes(JsonConvert.SerializeObject(value)); }
    public T Read<T>(string text) { return JsonConvert.DeserializeObject<T>(text); }
}

public class WebExtensions : ISerializer
{
    public string MediaType { get { return "application/json"; } }
    public byte[] Write<T>(T value) { return Encoding.UTF8.GetBytes(new JavaScriptSerializer().Serialize(value)); }
    public T Read<T>(string text) { return new JavaScriptSerializer().Deserialize<T>(text); }
}

public class Xml : ISerializer
{
    public string MediaType { get { return "application/xml"; } }

    public byte[] Write<T>(T value)
    {
        var stream = new MemoryStream();
        new XmlSerializer(typeof(T)).Serialize(stream, value);
        return stream.ToArray();
    }

    public T Read<T>(string text) { return (T)new XmlSerializer(typeof(T)).Deserialize(new StringReader(text)); }
}
