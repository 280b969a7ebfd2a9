@main struct Trivsel { static func main() {} }
